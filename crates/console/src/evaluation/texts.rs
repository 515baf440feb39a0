//! The words around a kept evaluation; those within it are the report's own.

use presentation::texts;

texts! {
    back: "模型", "Models";
    none: "还没有", "none yet";
    measured: "测得于", "Measured";
    seed: "划分与抽样的种子", "Seed of the split and of resamples";
    model_then: "当时使用中的模型", "Model in use then";
}
