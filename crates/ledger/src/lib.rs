//! What do we hold and lack, day by day?
