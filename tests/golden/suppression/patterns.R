# The secondary pattern of every table in tables.csv, by the R packages GaussSuppression 1.2.3 and
# SSBtools 1.8.6: Rscript patterns.R, in this folder. R 4.2, with the order of Cauce given as candidates:
# fewer dimensions before more; fewer sums with a primary cell, those with one alone twice; larger
# counts; keys.
library(SSBtools)

tables <- read.csv("tables.csv", colClasses = "character")

letters_of <- function(shape, counts, minimum, method) {
  size <- as.integer(strsplit(shape, "x")[[1]])
  n <- as.integer(strsplit(counts, " ")[[1]])
  # The last dimension runs fastest, as Python has it; 0 is the total.
  places <- function(from) {
    codes <- lapply(size, function(s) from:s)
    as.matrix(expand.grid(rev(codes)))[, rev(seq_along(size)), drop = FALSE]
  }
  inner <- places(1)
  cells <- places(0)
  x <- matrix(0, nrow(inner), nrow(cells))
  for (cell in seq_len(nrow(cells))) {
    fits <- sapply(seq_along(size), function(d) cells[cell, d] == 0 | inner[, d] == cells[cell, d])
    x[, cell] <- as.numeric(rowSums(fits) == length(size))
  }
  count <- as.vector(t(x) %*% n)
  primary <- which(count >= 1 & count < minimum)
  serves <- rep(0, length(count))
  for (d in seq_along(size)) {
    line <- apply(cells[, -d, drop = FALSE], 1, paste, collapse = ",")
    alone <- ave(as.numeric(seq_along(count) %in% primary), line, FUN = sum)
    serves <- serves + (alone > 0) + (alone == 1)
  }
  ranked <- order(rowSums(cells > 0), serves, -count, seq_along(count))
  candidates <- ranked[!(ranked %in% primary)]
  hidden <- GaussSuppression(Matrix::Matrix(x, sparse = TRUE), candidates, primary,
    singleton = if (method == "none") NULL else n == 1,
    singletonMethod = method, printInc = FALSE)
  said <- rep("F", length(count))
  said[hidden] <- "S"
  said[primary] <- "P"
  paste(said, collapse = "")
}

tables$pattern <- mapply(letters_of, tables$shape, tables$counts, as.integer(tables$minimum), tables$method)
write.csv(tables[, c("table", "pattern")], "patterns.csv", row.names = FALSE, quote = FALSE)
