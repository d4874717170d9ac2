/** Admission as a Kafka Streams application; {@link io.nightshift.remediate.topology.AdmissionTopology} reads as its story. */
package io.nightshift.remediate.topology;
