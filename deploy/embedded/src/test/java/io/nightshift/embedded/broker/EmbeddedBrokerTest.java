package io.nightshift.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.FolderUnusableException;
import io.nightshift.embedded.PortTakenException;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test on a thread of its own, so that one that waits for a child process ends at its limit too. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedBrokerTest {
    @TempDir
    Path folder;

    @Test
    void readersOfCommittedRecordsSeeWholeTransactionsOverTwoPartitionsAndNoAbortedOne() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            Map<String, String> settings = broker.clientProperties();
            Clients.createTopic(settings);
            try (KafkaProducer<String, String> producer = Clients.transactionalProducer(settings, "writer")) {
                Clients.sendToAllPartitions(producer, "a", true);
                Clients.sendToAllPartitions(producer, "b", false);
                Clients.sendToAllPartitions(producer, "c", true);
            }
            assertThat(Clients.readToEnd(settings, "read_committed")).containsExactly("a@0", "a@1", "c@0", "c@1");
            assertThat(Clients.readToEnd(settings, "read_uncommitted")).contains("b@0", "b@1");
        }
    }

    @Test
    void aRestartFindsDataAndClusterIdAgainAndASecondProcessIsKeptOut() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder))) {
            clusterId = broker.clusterId();
            Clients.createTopic(broker.clientProperties());
            try (KafkaProducer<String, String> producer =
                    Clients.transactionalProducer(broker.clientProperties(), "writer")) {
                Clients.sendToAllPartitions(producer, "kept", true);
            }
            assertThat(broker.bytesUsed()).isPositive().isLessThan(broker.capBytes());
            assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder)))
                    .isInstanceOf(FolderUnusableException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder))) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            assertThat(Clients.readToEnd(broker.clientProperties(), "read_committed"))
                    .containsExactly("kept@0", "kept@1");
        }
    }

    @Test
    void afterAKillTheNextStartFindsCommittedDataAndTheOpenTransactionIsFenced() throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String clusterId;
        try (BufferedReader output = victim.inputReader()) {
            String ready = output.lines()
                    .filter(line -> line.startsWith(BrokerProcess.READY))
                    .findFirst()
                    .orElseThrow();
            clusterId = ready.substring(BrokerProcess.READY.length());
            assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder)))
                    .isInstanceOf(FolderUnusableException.class);
        } finally {
            victim.destroyForcibly().waitFor();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder))) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            try (KafkaProducer<String, String> heir =
                    Clients.transactionalProducer(broker.clientProperties(), "writer")) {
                Clients.sendToAllPartitions(heir, "later", true);
            }
            assertThat(Clients.readToEnd(broker.clientProperties(), "read_committed"))
                    .containsExactly("committed@0", "committed@1", "later@0", "later@1");
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndTheRightOneStandsInAPrivateFile() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder))) {
            String right = Files.readString(folder.resolve("broker.secret")).strip();
            Map<String, Object> wrong = new HashMap<>(broker.clientProperties());
            wrong.computeIfPresent("sasl.jaas.config", (key, value) -> ((String) value).replace(right, "guess"));
            try (Admin admin = Admin.create(wrong)) {
                assertThatThrownBy(() -> admin.listTopics().names().get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
            for (Path file : List.of(folder.resolve("broker.secret"), broker.kcatFile())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aTakenPortIsNamedWithItsRemedyAndLeavesTheFolderFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedBroker.Settings settings =
                    EmbeddedBroker.Settings.in(folder).withPort(other.getLocalPort());
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("another port");
        }
        EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder)).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Settings.in(file.resolve("data"))))
                .isInstanceOf(FolderUnusableException.class)
                .hasMessageContaining(file.resolve("data").toString());
    }

    @Test
    void aDamagedSecretIsNamedWithItsRemedy() throws Exception {
        Files.writeString(folder.resolve("broker.secret"), "short");
        assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Settings.in(folder)))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("broker.secret")
                .hasMessageContaining("delete it");
    }

    @Test
    void aTemporaryBrokerLeavesNothingBehind() {
        EmbeddedBroker broker = EmbeddedBroker.ephemeral();
        Path used = broker.kcatFile().getParent();
        assertThat(used).exists();
        broker.close();
        assertThat(used).doesNotExist();
    }
}
