/** What blocks: the executor with its journal and halt switch, and the rounds of probes. */
package io.nightshift.remediate.worker;
