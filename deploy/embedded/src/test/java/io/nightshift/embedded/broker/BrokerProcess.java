package io.nightshift.embedded.broker;

import java.nio.file.Path;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker in a process of its own, for tests that kill it: commits one transaction, leaves one open, then waits. */
public final class BrokerProcess {
    static final String READY = "ready cluster=";

    private BrokerProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(Path.of(arguments[0])));
        Clients.createTopic(broker.clientProperties());
        KafkaProducer<String, String> producer = Clients.transactionalProducer(broker.clientProperties(), "writer");
        Clients.sendToAllPartitions(producer, "committed", true);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(Clients.TOPIC, 0, "k", "open"));
        producer.flush();
        System.out.println(READY + broker.clusterId());
        Thread.currentThread().join();
    }
}
