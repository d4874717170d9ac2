package io.nightshift.oversee.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    @Test
    void anUntouchedChainVerifies() {
        assertThat(faultIn(chain(50), Map.of())).isNull();
    }

    @Test
    void anEditedEntryIsNamed() {
        List<AuditEntry> chain = chain(50);
        chain.set(
                17,
                AuditEntry.newBuilder(chain.get(17))
                        .setSentence("nothing happened")
                        .build());

        assertThat(faultIn(chain, Map.of())).isEqualTo("entry 17 was edited: its hash does not fit its content");
    }

    @Test
    void anEditedEntryWithAFreshHashBreaksTheNextLink() {
        List<AuditEntry> chain = chain(50);
        AuditEntry edited =
                AuditEntry.newBuilder(chain.get(17)).setActor("nobody").build();
        chain.set(
                17,
                AuditEntry.newBuilder(edited).setHash(AuditChain.hash(edited)).build());

        assertThat(faultIn(chain, Map.of())).startsWith("entry 18 does not follow entry 17");
    }

    @Test
    void aDeletedEntryIsNamed() {
        List<AuditEntry> chain = chain(50);
        chain.remove(30);

        assertThat(faultIn(chain, Map.of())).startsWith("entry 30 is missing");
    }

    @Test
    void swappedEntriesAreNoticed() {
        List<AuditEntry> chain = chain(50);
        Collections.swap(chain, 3, 4);

        assertThat(faultIn(chain, Map.of())).startsWith("entry 3 is missing");
    }

    @Test
    void aTruncatedEndIsNoticedByTheExportedHead() {
        List<AuditEntry> chain = chain(50);
        Map<Long, String> exported = Map.of(49L, chain.get(49).getHash());

        assertThat(faultIn(chain.subList(0, 40), exported))
                .contains("entry 49 was exported")
                .contains("removed");
        assertThat(faultIn(chain.subList(0, 40), Map.of()))
                .as("a chain alone can't tell")
                .isNull();
    }

    @Test
    void aRewrittenChainDiffersFromTheExportedHead() {
        String exported = chain(50).get(20).getHash();
        List<AuditEntry> rewritten = new ArrayList<>();
        AuditHead head = null;
        for (int i = 0; i < 50; i++) {
            AuditEntry entry = AuditChain.seal(draft(i, "rewritten"), head);
            head = AuditHead.of(entry);
            rewritten.add(entry);
        }

        assertThat(faultIn(rewritten, Map.of(20L, exported))).startsWith("entry 20 differs from the head");
    }

    private static String faultIn(List<AuditEntry> chain, Map<Long, String> exported) {
        ChainCheck check = new ChainCheck(exported);
        chain.forEach(check::accept);
        check.end();
        return check.fault().orElse(null);
    }

    private static List<AuditEntry> chain(int length) {
        List<AuditEntry> chain = new ArrayList<>();
        AuditHead head = null;
        for (int i = 0; i < length; i++) {
            AuditEntry entry = AuditChain.seal(draft(i, "entry"), head);
            head = AuditHead.of(entry);
            chain.add(entry);
        }
        return chain;
    }

    private static AuditEntry draft(int i, String sentence) {
        return AuditDraft.undecodable(
                Source.of("actions", 0, i, Instant.ofEpochSecond(1_700_000_000L + i), new byte[] {(byte) i}), sentence);
    }
}
