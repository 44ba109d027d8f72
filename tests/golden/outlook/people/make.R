# Makes people.json: a life table, a population by Leslie matrices, and the concentration of a
# Dirichlet-multinomial, of invented schedules, in base R.
#   Rscript tests/golden/outlook/people/make.R      (from the repository's root)
# The projection is one matrix of both sexes a period: women bear girls and boys, the last two bands
# reach the open one; half of the migrants stand before the matrix, half behind it.
suppressMessages(library(jsonlite))
ages <- c(0, 1, seq(5, 80, 5)); b <- 17
rate <- function(level, infant) c(infant, infant / 15, level * exp(0.085 * (ages[-(1:2)] - 40)))
mx <- rbind(rate(0.0012, 0.009), rate(0.0021, 0.12))
a_first <- function(m, sex) if (m >= 0.107) c(0.350, 0.330)[sex] else c(0.053 + 2.8 * m, 0.045 + 2.684 * m)[sex]
a_child <- function(m, sex) if (m >= 0.107) c(1.361, 1.352)[sex] else c(1.522 - 1.518 * m, 1.651 - 2.816 * m)[sex]
table_of <- function(m, sex) {
  k <- length(m); n <- c(1, 4, rep(5, k - 3)); l <- 1; lived <- numeric(k)
  for (i in seq_len(k - 1)) {
    a <- if (i == 1) a_first(m[1], sex) else if (i == 2) a_child(m[1], sex) else 2.5
    q <- n[i] * m[i] / (1 + (n[i] - a) * m[i]); after <- l * (1 - q)
    lived[i] <- n[i] * after + a * (l - after); l <- after }
  lived[k] <- l / m[k]
  c(lived[1] + lived[2], lived[-(1:2)]) }
lived <- rbind(table_of(mx[1, ], 1), table_of(mx[2, ], 2))
surviving <- t(apply(lived, 1, function(L)
  c(L[1] / 5, L[2:(b - 1)] / L[1:(b - 2)], L[b] / (L[b] + L[b - 1]))))
f <- numeric(b); f[4:10] <- c(0.05, 0.11, 0.12, 0.09, 0.05, 0.02, 0.004); srb <- 1.05
start <- rbind(1000 * exp(-0.02 * (0:(b - 1))), 1020 * exp(-0.025 * (0:(b - 1))))
mig <- rbind(dnorm(0:(b - 1), 5, 2) * -60, dnorm(0:(b - 1), 6, 2) * -90)
age_only <- function(s) { M <- matrix(0, b, b)
  for (i in 2:(b - 1)) M[i, i - 1] <- s[i]
  M[b, b - 1] <- M[b, b] <- s[b]; M }
women <- age_only(surviving[1, ]); men <- age_only(surviving[2, ])
# Births: 5 f (W + half in + survivors of it + half in) / 2, that of W* = W + mig/2: 5/2 f (I + A) W* + 5/2 f mig/2.
bear <- 2.5 * f %*% (diag(b) + women)
project <- function(N) {
  w <- N[1, ] + mig[1, ] / 2; m <- N[2, ] + mig[2, ] / 2
  born <- as.numeric(bear %*% w) + 2.5 * sum(f * mig[1, ] / 2)
  W <- as.numeric(women %*% w); M <- as.numeric(men %*% m)
  W[1] <- born / (1 + srb) * surviving[1, 1]; M[1] <- born * srb / (1 + srb) * surviving[2, 1]
  list(people = rbind(W + mig[1, ] / 2, M + mig[2, ] / 2), born = born) }
one <- project(start); two <- project(one$people); three <- project(two$people)
counts <- rbind(c(30, 5, 1, 0), c(2, 20, 8, 0), c(10, 9, 12, 3), c(0, 0, 0, 0))
pattern <- colSums(counts) / sum(counts); seen <- counts[rowSums(counts) > 0, ]
loglik <- function(lk) { k <- exp(lk); n <- rowSums(seen)
  sum(lgamma(k) - lgamma(n + k)) + sum(lgamma(t(seen) + k * pattern) - lgamma(k * pattern)) }
best <- exp(optimize(loglik, log(c(0.1, 1e5)), maximum = TRUE, tol = 1e-12)$maximum)
write(toJSON(list(mx = mx, lived = lived, surviving = surviving, fertility = f, boys = srb,
  start = start, migrants = mig, after = list(one$people, two$people, three$people),
  births = c(one$born, two$born, three$born), counts = counts, concentration = best),
  digits = I(17), auto_unbox = TRUE), "tests/golden/outlook/people/people.json")
