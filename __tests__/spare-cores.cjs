// Terraform and its provider are written in Go, and a run of seconds spends a fifth of its work on
// collecting garbage that ends with it anyway. A user's machine has other things to do with its
// memory; here two cores are what the tests wait for.
process.env.GOGC ??= "400";
