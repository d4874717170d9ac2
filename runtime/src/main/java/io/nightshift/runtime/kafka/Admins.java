package io.nightshift.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;

/** Admin clients whose every answer comes within a bounded time. */
final class Admins {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Admins() {}

    static Admin open(KafkaAccess kafka) {
        Map<String, Object> properties = kafka.client();
        int limit = Math.toIntExact(LIMIT.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit / 2);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            // A host that does not resolve is told here; the cause says which.
            throw KafkaFault.unreachable(kafka, e.getCause() == null ? e : e.getCause());
        }
    }

    /** @throws ExecutionException when Kafka answered with an error */
    static <T> T await(KafkaAccess kafka, KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get(LIMIT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw KafkaFault.unreachable(kafka, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                    || e.getCause() instanceof AuthenticationException) {
                throw KafkaFault.unreachable(kafka, e.getCause());
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFault.unreachable(kafka, e);
        }
    }
}
