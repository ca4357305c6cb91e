//! YAML → JSON values.
//!
//! In: what stands between the fences. Out: its value, or the line and the reason for which it cannot be read. An alias repeats what it
//! names, and a name may stand for many aliases: what a few lines may grow to has a bound here. The parser bounds how deep values nest.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Value};

/// Values and bytes of text together. Without aliases no front matter has as many.
const MAX_SIZE: usize = 4 * super::MAX_BYTES;

pub(super) fn parse(text: &str) -> Result<Value, (Option<usize>, String)> {
    let left = Cell::new(MAX_SIZE);
    let parser = serde_yaml_ng::Deserializer::from_str(text);
    Bounded(&left).deserialize(parser).map_err(|error| {
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        let line = error.location().map(|location| location.line());
        (line, reason.to_owned())
    })
}

/// A value that may not be larger than what is left.
#[derive(Clone, Copy)]
struct Bounded<'a>(&'a Cell<usize>);

impl Bounded<'_> {
    fn take<E: Error>(self, bytes: usize) -> Result<(), E> {
        let left = self.0.get().checked_sub(1 + bytes);
        self.0
            .set(left.ok_or_else(|| E::custom("its aliases repeat too much"))?);
        Ok(())
    }

    fn value<E: Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        self.take(0)?;
        Ok(value.into())
    }
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.value(())
    }

    /// Nothing at all, or nothing but comments.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.value(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.value(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.value(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.value(value)
    }

    // A number that JSON values cannot hold is kept as it is written.
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.value(value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.value(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.value(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.take(text.len())?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        self.take(0)?;
        let mut list = Vec::new();
        while let Some(value) = values.next_element_seed(self)? {
            list.push(value);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.take(0)?;
        let mut map = Map::new();
        while let Some((key, value)) = entries.next_entry_seed(self, self)? {
            let key = match key {
                Value::String(key) => key,
                key => key.to_string(),
            };
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("`{key}` stands twice")));
            }
            map.insert(key, value);
        }
        Ok(map.into())
    }

    /// A value with a tag counts as the value.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}
