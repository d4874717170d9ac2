package io.nightshift.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.ingest.Otlp;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendersTest {
    private final Senders senders = new Senders(Limits.defaults(), new Spread(Map.of("demo/shop/gateway", 4)));

    @Test
    void aSenderIsNamedByItsResource() {
        Senders.Sender sender = senders.of(Otlp.shop("inventory"));

        assertThat(sender.key()).isEqualTo("demo/shop/inventory");
        assertThat(sender.resource().getInstance()).isEqualTo("inventory-1");
        assertThat(sender.resource().getVersion()).isEqualTo("1.4.0");
        assertThat(sender.resource().getProcessStartMicros()).isEqualTo(1_772_330_400_000_000L);
        assertThat(sender.resource().getAttributes()).containsOnlyKeys("host.arch");
    }

    @Test
    void aSenderThatNamesNothingHasANameAllTheSame() {
        Senders.Sender sender = senders.of(Resource.getDefaultInstance());

        assertThat(sender.key()).isEqualTo("default//unknown_service");
        assertThat(sender.resource().getInstance()).isNull();
        assertThat(sender.resource().getProcessStartMicros()).isNull();
    }

    @Test
    void theInstanceFallsBackToThePodAndThenToHostAndProcess() {
        Resource.Builder host = Resource.newBuilder()
                .addAttributes(Otlp.text("host.name", "node7"))
                .addAttributes(Otlp.number("process.pid", 42));
        assertThat(senders.of(host.build()).resource().getInstance()).isEqualTo("node7:42");
        host.addAttributes(Otlp.text("k8s.pod.name", "inventory-5d9"));
        assertThat(senders.of(host.build()).resource().getInstance()).isEqualTo("inventory-5d9");
    }

    @Test
    void theOldNameOfTheEnvironmentIsKnown() {
        Resource old = Resource.newBuilder()
                .addAttributes(Otlp.text("deployment.environment", "staging"))
                .addAttributes(Otlp.text("service.name", "a/b~c"))
                .build();
        assertThat(senders.of(old).key()).isEqualTo("staging//a_b_c");
    }

    @Test
    void aBusyServiceUsesASubKeyByInstance() {
        assertThat(senders.of(Otlp.shop("gateway")).key()).matches("demo/shop/gateway~[0-3]");
    }

    @Test
    void anUnreadableStartTimeIsUnknownAndNotAnError() {
        Resource odd = Resource.newBuilder()
                .addAttributes(Otlp.text("process.creation.time", "yesterday"))
                .build();
        assertThat(senders.of(odd).resource().getProcessStartMicros()).isNull();
    }
}
