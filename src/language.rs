//! stub
#![allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)] pub struct Language([u8;3]);
impl Language { pub fn of(_:&str)->Option<Language>{Some(Language(*b"ja "))} pub fn from_tag(_:&str)->Option<Language>{None} pub fn as_str(&self)->&str{"ja"} }
impl std::fmt::Display for Language { fn fmt(&self,f:&mut std::fmt::Formatter<'_>)->std::fmt::Result{f.write_str("ja")}}
