package io.nightshift.runtime.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.schemas.registry.RegistryException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void whatMayPassIsToldFromWhatWillNot() {
        assertThat(Faults.isTransient(new KafkaException(new TimeoutException("broker away"))))
                .isTrue();
        assertThat(Faults.isTransient(new SerializationException(RegistryException.unreachable("away", null))))
                .isTrue();
        assertThat(Faults.isTransient(new KafkaException(new InvalidTxnStateException("given up meanwhile"))))
                .isTrue();
        assertThat(Faults.isTransient(new SerializationException(RegistryException.refused("no", null))))
                .isFalse();
        assertThat(Faults.isTransient(new RecordTooLargeException())).isFalse();
        assertThat(Faults.isTransient(new TopicAuthorizationException("actions")))
                .isFalse();
        assertThat(Faults.isTransient(new IllegalStateException("bug"))).isFalse();
    }

    @Test
    void aTransactionThatTheBrokerGaveUpIsToldFromAllElse() {
        assertThat(Faults.isLostTransaction(new KafkaException(new InvalidTxnStateException("given up meanwhile"))))
                .isTrue();
        assertThat(Faults.isLostTransaction(new KafkaException(new TimeoutException("broker away"))))
                .isFalse();
        assertThat(Faults.isLostTransaction(new IllegalStateException("bug"))).isFalse();
    }

    @Test
    void theWaitDoublesToItsLimitAndStartsAgainAfterACalm() {
        RestartBackoff backoff = new RestartBackoff();

        assertThat(backoff.afterFailure(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.afterFailure(10)).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            backoff.afterFailure(20);
        }
        assertThat(backoff.afterFailure(30)).isEqualTo(RestartBackoff.LONGEST);
        assertThat(backoff.afterFailure(31 + RestartBackoff.CALM.toMillis())).isEqualTo(RestartBackoff.FIRST);
    }
}
