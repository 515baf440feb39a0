//! Every word of the console's frame and door, in both languages. Each page has its own table.

use presentation::texts;

texts! {
    tag: "zh-CN", "en";
    other: "English", "中文";
    other_tag: "en", "zh";
    skip: "跳到正文", "Skip to the content";
    console: "控制台", "Console";
    pages: "控制台页面", "Pages of the console";
    overview: "概览", "Overview";
    recommendations: "推荐", "Recommendations";
    explanations: "解释", "Explanations";
    trust: "信任", "Trust";
    experiments: "实验", "Experiments";
    models: "模型", "Models";
    data: "数据", "Data";
    transparency: "透明度", "Transparency";
    simulated: "本店为模拟数据：此处的一切数字都来自程序生成的顾客，并非真实人物。", "Simulated data: every number here comes from shoppers made by a program, not from real people.";
    stamp_simulated: "模拟", "simulated";
    stamp_live: "实测", "live";
    open: "未设置密钥：本机上的任何人都可以使用控制台。", "No key is set: whoever is on this machine may use the console.";
    window: "店铺页面", "Shop window";
    docs: "接口文档", "API";
    leave: "退出", "Leave";
    login_title: "进入控制台", "Enter the console";
    login_lead: "控制台只对持有管理密钥的人开放。密钥在设置 serve.admin_key 中。", "The console is for whoever holds the admin key, which is the setting serve.admin_key.";
    no_admin_key: "此服务没有设置管理密钥，因此没有人可以进入。请设置 serve.admin_key 并重新启动。", "This server has no admin key, so nobody can enter. Set serve.admin_key and start it again.";
    key: "管理密钥", "Admin key";
    enter: "进入", "Enter";
    wrong_key: "密钥不对。服务端密钥和可公开密钥不能进入控制台。", "That is not the admin key. The server key and the publishable key do not open the console.";
    said_left: "已退出。", "You have left.";
    colon: "：", ": ";
    full_stop: "。", ".";
    public: "所有人看到的页面", "The page that everybody sees";
    not_found: "没有找到", "Not found";
    failed: "没有成功", "That did not work";
    reading: "正在读取记录；读完后本页会自动显示。", "The log is being read; this page shows itself once that is done.";
    as_of: "以下数字截至", "These figures are as of";
    newer: "此后又有新的记录，正在后台读取：", "There is something newer, which is being read in the background:";
    again: "再看一次", "look again";
    said_started: "已开始。", "Started.";
    said_ended: "已结束，原因已记录。", "Ended, and the reason is on record.";
    said_training: "训练已开始，进度见下。", "Training has begun; its progress is below.";
    said_evaluating: "评估已开始，进度见下。", "The evaluation has begun; its progress is below.";
    said_promoted: "已启用该模型，原因已记录。", "That model answers now, and the reason is on record.";
    said_rolled_back: "已换回之前的模型，原因已记录。", "The model before answers again, and the reason is on record.";
}

impl Texts {
    /// What to say after something was done; the name comes with the address of the page.
    pub(super) fn after(&self, done: &str) -> Option<&'static str> {
        Some(match done {
            "left" => self.said_left,
            "started" => self.said_started,
            "ended" => self.said_ended,
            "training" => self.said_training,
            "evaluating" => self.said_evaluating,
            "promoted" => self.said_promoted,
            "rolled_back" => self.said_rolled_back,
            _ => return None,
        })
    }
}
