package io.nightshift.oversee.audit;

import io.nightshift.events.AuditEntry;
import io.nightshift.oversee.domain.audit.AuditHead;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Follows the ledger and writes its head to a file now and then, and at the end. */
public final class HeadExport implements Stage {

    /** In this file of oversee's folder the heads stand. */
    public static final String FILE = "audit-heads.txt";

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Path file;
    private final Clock clock;
    private final RecordTail tail;
    private Instant exportedAt = Instant.EPOCH;
    private AuditHead head;
    private AuditHead exported;

    public HeadExport(StageContext context) {
        this.file = context.folder().resolve(FILE);
        this.clock = context.clock();
        this.tail = new RecordTail(
                "audit-head-export",
                context.kafka(),
                List.of(context.topics().audit()),
                context.clock().instant(),
                record -> seen((AuditEntry) record));
    }

    private synchronized void seen(AuditEntry entry) {
        head = AuditHead.of(entry);
        if (clock.instant().isAfter(exportedAt.plus(EVERY))) {
            export();
        }
    }

    private synchronized void export() {
        if (head != null && !head.equals(exported)) {
            ExportedHeads.append(file, head);
            exported = head;
            exportedAt = clock.instant();
        }
    }

    @Override
    public String name() {
        return "audit-head-export";
    }

    @Override
    public void start() {
        tail.start();
    }

    @Override
    public StageHealth health() {
        return tail.health();
    }

    @Override
    public void close() {
        tail.close();
        export();
    }
}
