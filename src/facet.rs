//! stub
#![allow(missing_docs, missing_debug_implementations, clippy::all)]
use std::ops::Range; use serde::{Serialize,Deserialize}; use crate::document::Metadata;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)] pub enum Provenance { Declared, Found }
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> { pub value: T, pub provenance: Provenance, pub range: Option<Range<usize>>, pub count: u32 }
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets { pub countries: Vec<Found<Country>>, pub years: Vec<Found<i32>>, pub topics: Vec<Found<String>> }
impl Facets { pub fn forget_ranges(&mut self){} pub fn joined(self, _o:&Facets)->Facets{self} }
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)] pub struct Country([u8;2]);
impl Country { pub fn named(_: &str)->Option<Country>{None} pub fn as_str(&self)->&str{""} pub fn nearest(_:&str)->Vec<Country>{vec![]} pub fn name(self,_:&str)->String{String::new()}}
impl std::fmt::Display for Country { fn fmt(&self,f:&mut std::fmt::Formatter<'_>)->std::fmt::Result{f.write_str("")}}
#[derive(Debug,Clone,Default)] pub struct Finder;
impl Finder { pub fn new()->Self{Finder} pub fn find(&self,_:&str)->Facets{Facets::default()} pub fn declared(&self,_:&Metadata)->(Facets,Vec<String>){(Facets::default(),vec![])}}
pub mod topic { pub fn resolve(_:&str)->Vec<String>{vec![]} }
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)] pub enum Kind{Country,Year,Topic,Language}
pub fn label(_:Kind,v:&str,_:&str)->String{v.to_owned()}
