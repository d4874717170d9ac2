/**
 * What may be done, and when: plans, guards, approvals, the life of an action and the judgement of its success. Pure:
 * no Kafka, no files, no clock.
 */
package io.nightshift.remediate.domain;
