"""Reading of strangers' zips and manifests, tried with what nobody would think of."""
