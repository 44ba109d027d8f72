# Makes rake.json: matrices raked to two margins by stats::loglin, iterative proportional fitting
# in Fortran, from seeds with and without zeros.
#   Rscript tests/golden/outlook/make_rake.R      (from the repository's root)
# loglin fits the margins of a table from a start; the table is the outer product of the margins.
suppressMessages(library(jsonlite))
set.seed(20261127)
cases <- list()
for (zeros in c(0, .25)) for (size in list(c(3, 4), c(6, 9), c(21, 43))) {
  s <- size[1]; o <- size[2]
  seed <- matrix(rgamma(s * o, .5) + .001, s); seed[matrix(runif(s * o), s) < zeros] <- 0
  hidden <- seed * outer(exp(rnorm(s, 0, .2)), exp(rnorm(o, 0, .2)))  # margins that can be met
  rows <- rowSums(hidden); columns <- colSums(hidden)
  fit <- loglin(outer(rows, columns) / sum(rows), list(1, 2), start = seed, fit = TRUE, eps = 1e-13,
    iter = 10000, print = FALSE)$fit
  cases[[length(cases) + 1]] <- list(seed = seed, rows = rows, columns = columns, fit = unclass(fit)) }
writeLines(toJSON(cases, digits = NA), "tests/golden/outlook/rake.json")
