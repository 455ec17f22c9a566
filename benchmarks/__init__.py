"""Speed and memory, measured and held against what we promise: `python -m benchmarks`."""
