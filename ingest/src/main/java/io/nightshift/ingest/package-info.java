/**
 * The front doors. {@link io.nightshift.ingest.IngestStages} is the way in.
 *
 * <ul>
 *   <li>OTLP over gRPC on 4317 and over HTTP on 4318 ({@code /v1/metrics}, {@code /v1/logs}, {@code /v1/traces}; protobuf
 *       and JSON, plain or gzip), on loopback unless configured otherwise.
 *   <li>{@code POST /v1/changes} on 4318: CloudEvents 1.0. {@code POST /v1/alerts}: Alertmanager's webhook.
 *   <li>Producers that speak Avro write to the same topics without us.
 * </ul>
 *
 * <p>What holds:
 *
 * <ul>
 *   <li>Acknowledged means in Kafka. A request is answered when every in-sync replica has all its records; until then it
 *       is refused in a way that lets the sender try again (429 or 503 with Retry-After; RESOURCE_EXHAUSTED or
 *       UNAVAILABLE with RetryInfo). A sender that tries again may cause duplicates.
 *   <li>Accepted = published + quarantined + dropped, in items, on the counters {@code nightshift.ingest.*} by signal,
 *       source and reason. What was left out is reported to the sender as OTLP's partial success.
 *   <li>Metric values are finite: infinities are left out, and so are staleness markers (NaN, or OTLP's flag for no
 *       recorded value), for silence is noticed by ticks. Counter resets pass as they are.
 *   <li>A series beyond its limits is refused, for cutting labels would merge series; text beyond its limits is cut, and
 *       a log body says by how much. Exponential histograms are laid onto a fixed grid of factor √2; summaries become
 *       count, sum and a gauge for each quantile.
 *   <li>Events more than an hour ahead go to the dead letters as the record they would have been, so that stream time
 *       does not move.
 * </ul>
 */
package io.nightshift.ingest;
