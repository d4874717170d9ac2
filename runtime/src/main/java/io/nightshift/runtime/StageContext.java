package io.nightshift.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a stage is given by whoever composes the process.
 *
 * @param topics the catalogue of topics
 * @param kafka how to reach Kafka
 * @param config the stage's own section of the configuration; empty when there is none
 * @param inventory services, targets and probes that the operator declared
 * @param meters where the stage registers its metrics
 * @param folder a folder of the installation that the stage may write to
 * @param clock the time outside topologies
 */
public record StageContext(
        Topics topics,
        KafkaAccess kafka,
        ConfigNode config,
        Inventory inventory,
        MeterRegistry meters,
        Path folder,
        Clock clock) {}
