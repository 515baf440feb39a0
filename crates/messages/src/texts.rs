//! Tables of fixed texts for pages.

/// Makes a table of fixed texts: `texts! { "prefix": name, other_name }` makes
/// `pub(crate) struct Texts` with `Texts::of(lang)`. See the documentation of the crate.
#[macro_export]
macro_rules! texts {
    ($prefix:literal: $($names:tt)+) => {
        $crate::texts! { struct Texts, $prefix: $($names)+ }
    };
    (struct $table:ident, $prefix:literal: $($name:ident $(= $id:literal)?),+ $(,)?) => {
        /// The fixed texts of one language.
        #[derive(Debug)]
        pub(crate) struct $table {
            $(pub(crate) $name: &'static str,)+
        }

        impl $table {
            /// The texts of a language.
            pub(crate) fn of(lang: $crate::Language) -> &'static Self {
                static TABLES: [::std::sync::OnceLock<$table>; $crate::Language::COUNT] =
                    [const { ::std::sync::OnceLock::new() }; $crate::Language::COUNT];
                TABLES[lang.index()].get_or_init(|| Self {
                    $($name: $crate::text!(lang, $crate::texts!(@id $prefix, $name $(, $id)?)),)+
                })
            }
        }
    };
    (@id $prefix:literal, $name:ident) => { concat!($prefix, "-", stringify!($name)) };
    (@id $prefix:literal, $name:ident, $id:literal) => { $id };
}
