package io.nightshift.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** The admin client with bounded waits and messages for people. */
final class KafkaAdmin {

    static final Duration LIMIT = Duration.ofSeconds(10);

    private KafkaAdmin() {}

    static Admin open(String bootstrapServers, Map<String, String> security) {
        Map<String, Object> properties = new HashMap<>(security);
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("request.timeout.ms", (int) LIMIT.toMillis() / 2);
        properties.put("default.api.timeout.ms", (int) LIMIT.toMillis());
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw KafkaUnavailableException.at(bootstrapServers, e.getCause() == null ? e : e.getCause());
        }
    }

    static <T> T get(String bootstrapServers, KafkaFuture<T> answer) {
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw KafkaUnavailableException.at(bootstrapServers, e.getCause());
        } catch (TimeoutException e) {
            throw KafkaUnavailableException.at(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaUnavailableException.at(bootstrapServers, e);
        }
    }
}
