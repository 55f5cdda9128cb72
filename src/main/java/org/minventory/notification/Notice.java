package org.minventory.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import tools.jackson.databind.JsonNode;

/**
 * One thing that there is to say.
 *
 * @param seq the entry of the record that caused it
 * @param body identifiers and values that its sentence is made of, in French or English, when it is said
 */
public record Notice(Type type, Severity severity, @Nullable UUID element, long seq, JsonNode body) {
    /** What can be noticed of the record. */
    public enum Type {
        TESTIMONY_RECORDED("testimony.recorded"),
        ELEMENT_STATUS_CHANGED("element.status-changed"),
        DIVERGENCE_OPENED("divergence.opened"),
        DIVERGENCE_WORSENED("divergence.worsened"),
        DIVERGENCE_RESOLVED("divergence.resolved"),
        CONTRADICTION_OPENED("contradiction.opened"),
        CONTRADICTION_RESOLVED("contradiction.resolved"),
        KNOWLEDGE_REFRESHED("knowledge.refreshed"),
        MONITORING_STATE_CHANGED("monitoring.state-changed"),
        DEPLOYMENT_REPORTED("deployment.reported"),
        DEPLOYMENT_FAILED("deployment.failed"),
        INCIDENT_OPENED("incident.opened"),
        INCIDENT_RESOLVED("incident.resolved"),
        DELIVERY_RECEIVED("delivery.received"),
        DELIVERY_ACCEPTED("delivery.accepted"),
        DELIVERY_REFUSED("delivery.refused"),
        PROJECT_REQUESTED("project.requested"),
        PROJECT_MESSAGE("project.message"),
        PROJECT_APPROVED("project.approved"),
        PROJECT_PROGRESSED("project.progressed"),
        MANDATE_CHANGED("mandate.changed");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** The word of the contract. */
        public String word() {
            return word;
        }
    }

    /** How much it presses. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL;

        public String word() {
            return Word.of(this);
        }
    }
}
