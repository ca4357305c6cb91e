//! stub
#![allow(missing_docs)]
use crate::{Result,Document}; use std::path::*;
#[derive(Debug)] pub struct Source{p:PathBuf}
impl Source { pub fn walk(root: impl AsRef<Path>)->Result<std::vec::IntoIter<Result<Source>>> { Ok(vec![Ok(Source{p:root.as_ref().to_owned()})].into_iter()) } pub fn path(&self)->&Path{&self.p} pub fn name(&self)->&str{"x"}
 pub fn read(&self)->Result<std::vec::IntoIter<Result<Document>>>{
   let t=std::fs::read_to_string(&self.p).unwrap(); let mut v=vec![];
   for (i,l) in t.lines().enumerate(){ let j:serde_json::Value=serde_json::from_str(l).unwrap(); let mut d=Document::new(j["id"].as_str().unwrap(), j["title"].as_str().unwrap_or(""), j["text"].as_str().unwrap()); d.path=format!("{}:{i}",self.p.display()); d.metadata.language=j["lang"].as_str().map(str::to_owned); v.push(Ok(d)); } Ok(v.into_iter()) } }
