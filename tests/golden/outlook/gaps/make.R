# Makes allocation.json: the most people that pass from surplus to gap through channels, by lpSolve,
# and how many more if one channel has one place more.
#   Rscript tests/golden/outlook/gaps/make.R      (from the repository's root; r-cran-lpsolve)
# Numbers are invented. Every third case has channels whose places all occupations share, so that
# bounds meet and prices of the programme are one of many: lpSolve's prices are therefore not used,
# each cap is raised by one and solved again.
suppressMessages({library(lpSolve); library(jsonlite)})
set.seed(20261127)
areas <- c("CRI", "GTM", "HND", "MEX"); posts <- c("214", "711", "834")

most <- function(case, raised = "") {
  lanes <- merge(case$channels, data.frame(post = posts), by = NULL)
  lanes <- lanes[lanes$scope == "" | lanes$scope == lanes$post, ]
  if (nrow(lanes) == 0) return(0)
  from <- paste(lanes$origin, lanes$post); to <- paste(lanes$destination, lanes$post)
  bound <- function(groups, limit) {
    names <- unique(groups)
    list(t(sapply(names, function(g) as.numeric(groups == g))), limit[names])
  }
  cap <- setNames(case$channels$quota + (case$channels$id == raised), case$channels$id)
  rows <- list(bound(from, case$surplus), bound(to, case$need), bound(lanes$id, cap))
  a <- do.call(rbind, lapply(rows, function(r) matrix(r[[1]], ncol = nrow(lanes))))
  b <- unlist(lapply(rows, function(r) r[[2]]))
  lp("max", rep(1, nrow(lanes)), a, rep("<=", length(b)), b)$objval
}

cases <- lapply(1:15, function(number) {
  keys <- as.vector(outer(areas, posts, paste))
  short <- setNames(runif(length(keys)) < 0.5, keys)
  surplus <- setNames(ifelse(short, 0, sample(0:80, length(keys), TRUE)), keys)
  need <- setNames(ifelse(short, sample(0:80, length(keys), TRUE), 0), keys)
  pairs <- subset(expand.grid(origin = areas, destination = areas, stringsAsFactors = FALSE), origin != destination)
  own <- pairs[sample(nrow(pairs), 9), ]
  own$scope <- if (number %% 3 == 0) "" else sample(c("", posts), 9, TRUE)
  own$quota <- sample(0:25, 9, TRUE); own$id <- sprintf("C%d", 1:9)
  case <- list(surplus = surplus, need = need, channels = own)
  list(surplus = as.list(surplus), need = as.list(need), channels = own, most = most(case),
       one = as.list(sapply(own$id, function(id) most(case, id) - most(case))))
})
write_json(cases, "tests/golden/outlook/gaps/allocation.json", auto_unbox = TRUE, digits = 12, pretty = TRUE)
