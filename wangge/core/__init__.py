"""The pure core: plain values in, plain values out; no database, no network, no clock, no chance of its own."""
