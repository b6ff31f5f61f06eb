"""The buyer's receipt: where the goods of an order came from, and what stayed there."""
