//! How pages write their words: one table with both languages beside each other, so that none can
//! be missing in one of them.

/// Makes `Texts`, the words of one page, with `Texts::of(lang)`.
#[macro_export]
macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The fixed texts of one language.
        #[derive(Debug)]
        pub(crate) struct Texts {
            $(pub(crate) $name: &'static str,)*
        }

        static ZH: Texts = Texts { $($name: $zh,)* };
        static EN: Texts = Texts { $($name: $en,)* };

        impl Texts {
            pub(crate) fn of(lang: domain::Language) -> &'static Self {
                match lang {
                    domain::Language::Zh => &ZH,
                    domain::Language::En => &EN,
                }
            }
        }
    };
}
