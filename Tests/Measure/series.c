#include "measure.h"

#include <stdio.h>
#include <stdlib.h>

void series_add(Series *series, int64_t value) {
  if (series->count == series->capacity) {
    size_t capacity = series->capacity == 0 ? 64 : series->capacity * 2;
    int64_t *values = realloc(series->values, capacity * sizeof *values);
    if (values == NULL) fail("no memory");
    series->values = values;
    series->capacity = capacity;
  }
  series->values[series->count++] = value;
}

static int compare(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

int64_t series_at(Series *series, double fraction) {
  if (series->count == 0) return 0;
  qsort(series->values, series->count, sizeof *series->values, compare);
  size_t rank = (size_t)(fraction * (double)series->count + 0.9999999);
  if (rank < 1) rank = 1;
  if (rank > series->count) rank = series->count;
  return series->values[rank - 1];
}

void series_free(Series *series) {
  free(series->values);
  *series = (Series){0};
}

void series_print(const char *name, Series *series, double unit) {
  printf("  %-34s n %-5zu median %9.3f   p99 %9.3f   least %9.3f   greatest %9.3f\n", name, series->count,
         (double)series_at(series, 0.5) / unit, (double)series_at(series, 0.99) / unit,
         (double)series_at(series, 0) / unit, (double)series_at(series, 1) / unit);
}

void ratio_print(const char *name, Series *measured, Series *baseline) {
  double base = (double)series_at(baseline, 0.5);
  if (measured->count == 0 || base <= 0) printf("  %-34s not known\n", name);
  else printf("  %-34s %.2f\n", name, (double)series_at(measured, 0.5) / base);
}
