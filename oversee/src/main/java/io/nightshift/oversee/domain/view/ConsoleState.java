package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * What the console's first page needs.
 *
 * @param version grows with every record that was taken in
 * @param now when this was put together, milliseconds since the epoch
 * @param incidents the newest first
 * @param questions those about no incident, the newest first
 * @param coverage by service, of those whose metrics came lately
 */
public record ConsoleState(
        long version,
        long now,
        HaltView halt,
        LedgerView ledger,
        GraphView graph,
        List<IncidentCard> incidents,
        List<ActionView> awaiting,
        List<QuestionView> questions,
        List<CoverageView> coverage,
        int openAnomalies) {}
