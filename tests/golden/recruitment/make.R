# Makes recruitment.json: months of earnings that recruitment cost, of the invented survey beside it.
#   Rscript tests/golden/recruitment/make.R      (from the repository's root)
# C and E of every person are worked out here anew from the three tables. The mean is svymean's, the
# quantiles svyquantile's (rule "math"); their error is Woodruff's as in estimate/make_distributions.R.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/golden/recruitment/survey"
p <- read.csv(file.path(folder, "people.csv"), na.strings = c("UNK", ""))
k <- read.csv(file.path(folder, "costs.csv"), na.strings = c("UNK", ""))
rates <- read.csv(file.path(folder, "rates.csv"))
usd <- function(amount, currency, day) { f <- rep(1, length(amount))
  for (i in seq_len(nrow(rates))) { r <- rates[i, ]
    f[currency == r$currency & day >= r$from & day <= r$to] <- r$rate }
  amount * f }
k$worker <- k$payer %in% c("WORKER", "FAMILY") | k$channel == "WAGE_DEDUCTION"
k$net <- ifelse(k$worker, usd(k$amount - ifelse(k$reimbursement_documented == "YES", k$reimbursed, 0), k$currency, k$date), 0)
sums <- tapply(k$net, k$person, sum)
p$cost <- ifelse(p$person %in% names(sums), sums[p$person], 0)
p$cost[is.na(p$all_costs_told)] <- NA
p$earned <- usd(p$received + p$withheld, p$currency, p$earned_on)
p$ratio <- p$cost / p$earned
p$series <- ifelse(is.na(p$changed_residence), NA, ifelse(p$changed_residence == "YES", "SDG1071",
  ifelse(p$seasonal == "YES", "RCI_SEASONAL", "RCI_OTHER")))
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = p, nest = TRUE)
expit <- function(v) 1 / (1 + exp(-v)); logit <- function(x) log(x / (1 - x))
q_of <- function(y, w, at) { o <- order(y); y <- y[o]; w <- w[o]
  y[which(cumsum(w) >= at * sum(w) * (1 - 1e-12))[1]] }
out <- list()
for (s in c("SDG1071", "RCI_SEASONAL", "RCI_OTHER")) {
  sub <- subset(des, !is.na(series) & series == s & !is.na(ratio))
  y <- sub$variables$ratio; w <- weights(sub); t <- qt(.975, degf(sub)); m <- svymean(~ratio, sub)
  put <- function(name, value, se) out[[length(out) + 1]] <<- list(indicator = paste0(s, "_", name),
    value = as.numeric(value), se = as.numeric(se), n = length(y))
  put("MEAN", coef(m), SE(m))
  for (q in list(list("MEDIAN", .5), list("Q4", .8))) {
    v <- as.numeric(coef(svyquantile(~ratio, sub, q[[2]], qrule = "math", ci = FALSE)))
    below <- as.numeric(SE(svymean(as.numeric(y <= v), sub)))
    ends <- expit(logit(q[[2]]) + c(-1, 1) * t * below / (q[[2]] * (1 - q[[2]])))
    put(q[[1]], v, (q_of(y, w, ends[2]) - q_of(y, w, ends[1])) / (2 * t))
  }
}
write(toJSON(out, digits = 15, auto_unbox = TRUE, pretty = TRUE), "tests/golden/recruitment/recruitment.json")
