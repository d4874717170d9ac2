/**
 * What is acted on: commands in confined processes, HTTP calls, Kubernetes; the fence, and the probes. The only place that
 * starts processes and holds clients of targets.
 */
package io.nightshift.remediate.target;
