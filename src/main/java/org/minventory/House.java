package org.minventory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.minventory.base.Scope;
import org.minventory.base.Strongbox;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineWatch;
import org.minventory.intake.Intake;
import org.minventory.intake.SilenceWatch;
import org.minventory.intake.Vocabularies;
import org.minventory.notification.Backlog;
import org.minventory.notification.Bell;
import org.minventory.notification.Channels;
import org.minventory.notification.Composer;
import org.minventory.notification.Dispatches;
import org.minventory.notification.Feeds;
import org.minventory.notification.Reading;
import org.minventory.notification.Relay;
import org.minventory.notification.Stream;
import org.minventory.notification.Subscriptions;
import org.minventory.notification.TokenWatch;
import org.minventory.notification.Trial;
import org.minventory.notification.Watch;
import org.minventory.notification.channel.HttpSender;
import org.minventory.notification.channel.SystemResolver;
import org.minventory.notification.channel.atom.AtomChannel;
import org.minventory.notification.channel.calendar.CalendarChannel;
import org.minventory.notification.channel.discord.DiscordChannel;
import org.minventory.notification.channel.inbox.InboxChannel;
import org.minventory.notification.channel.mail.MailChannel;
import org.minventory.notification.channel.mattermost.MattermostChannel;
import org.minventory.notification.channel.ntfy.NtfyChannel;
import org.minventory.notification.channel.slack.SlackChannel;
import org.minventory.notification.channel.webhook.WebhookChannel;
import org.minventory.party.Actors;
import org.minventory.party.Callers;
import org.minventory.party.Customers;
import org.minventory.party.Formers;
import org.minventory.party.InstanceKey;
import org.minventory.party.Mandates;
import org.minventory.party.Sessions;
import org.minventory.party.Setup;
import org.minventory.party.Teams;
import org.minventory.party.Tokens;
import org.minventory.project.Consequences;
import org.minventory.project.ShareLinks;
import org.minventory.testimony.Kind;
import org.minventory.ui.Assets;
import org.minventory.ui.ElementReader;
import org.minventory.ui.ErrorPages;
import org.minventory.ui.InventoryReader;
import org.minventory.ui.Pages;
import org.minventory.ui.Shared;
import org.minventory.web.Csrf;
import org.minventory.web.Cursors;
import org.minventory.web.Doors;
import org.minventory.web.Etags;
import org.minventory.web.Gate;
import org.minventory.web.Language;
import org.minventory.web.Measuring;
import org.minventory.web.Rates;
import org.minventory.web.Readiness;
import org.minventory.web.Replays;
import org.minventory.web.Routes;
import org.minventory.web.Wall;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.stereotype.Controller;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * How the rooms are put together: every class of a room is made here, by hand, from left to right. Only the doors'
 * controllers are found by themselves.
 */
@Configuration(proxyBeanMethods = false)
@Import({Mvc.class, Porch.class})
@ComponentScan(
        basePackages = {"org.minventory.api", "org.minventory.ui", "org.minventory.integration"},
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(Controller.class))
public class House {
    // base

    @Bean
    PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    @Bean(destroyMethod = "close")
    JvmGcMetrics garbage(PrometheusMeterRegistry registry) {
        JvmGcMetrics garbage = new JvmGcMetrics();
        garbage.bindTo(registry);
        return garbage;
    }

    @Bean(destroyMethod = "close")
    HikariDataSource pool(Server.Settings settings, PrometheusMeterRegistry registry) {
        HikariConfig pool = Pool.of(settings.app());
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        return new HikariDataSource(pool);
    }

    @Bean
    Tx tx(DataSource pool) {
        return new Tx(pool);
    }

    @Bean
    InstantSource clock(Server.Settings settings) {
        return settings.clock();
    }

    // party

    @Bean
    Customers customers(InstantSource clock) {
        return new Customers(clock);
    }

    @Bean
    Teams teams(InstantSource clock) {
        return new Teams(clock);
    }

    @Bean
    Mandates mandates(InstantSource clock) {
        return new Mandates(clock);
    }

    @Bean
    Actors actors(InstantSource clock) {
        return new Actors(clock);
    }

    @Bean
    Tokens tokens(InstantSource clock, Actors actors) {
        Set<String> kinds = Arrays.stream(Kind.values())
                .filter(Kind::isTold)
                .map(Kind::word)
                .collect(Collectors.toSet());
        return new Tokens(clock, actors, kinds);
    }

    @Bean
    Callers callers(Tx tx, InstantSource clock) {
        return new Callers(tx, clock);
    }

    @Bean
    Formers formers(Tx tx, InstantSource clock) {
        return new Formers(tx, clock);
    }

    @Bean
    Sessions sessions(InstantSource clock) {
        return new Sessions(clock);
    }

    @Bean
    Setup setup(Actors actors, Teams teams, Tokens tokens) {
        return new Setup(actors, teams, tokens);
    }

    // element

    @Bean
    EndOfSupport endOfSupport(Server.Settings settings) {
        return settings.endOfSupport();
    }

    // notification

    @Bean
    Bell bell() {
        return new Bell();
    }

    /** The way out for all channels that speak HTTP. */
    @Bean(destroyMethod = "close")
    HttpSender httpSender(Server.Settings settings, SystemResolver resolver, InstantSource clock) {
        return new HttpSender(settings.outward(), resolver, clock);
    }

    @Bean(destroyMethod = "close")
    SystemResolver resolver() {
        return new SystemResolver();
    }

    /** The channels there are: one line each. */
    @Bean
    Channels channels(Server.Settings settings, HttpSender sender, InstantSource clock) {
        return new Channels(List.of(
                new InboxChannel(),
                new WebhookChannel(sender, settings.outward(), clock),
                new MailChannel(settings.outward()),
                new SlackChannel(sender),
                new MattermostChannel(sender),
                new DiscordChannel(sender),
                new NtfyChannel(sender),
                new AtomChannel(),
                new CalendarChannel()));
    }

    @Bean
    Subscriptions subscriptions(InstantSource clock, Channels channels, Server.Settings settings) {
        return new Subscriptions(clock, channels, new Strongbox(settings.masterKey()));
    }

    @Bean
    Dispatches dispatches(InstantSource clock) {
        return new Dispatches(clock);
    }

    @Bean
    Composer composer(Vocabularies vocabularies, Server.Settings settings, ServletWebServerApplicationContext context) {
        return new Composer(vocabularies::of, () -> publicUrl(settings, context));
    }

    @Bean
    Stream stream(Tx tx, Composer composer) {
        return new Stream(tx, composer);
    }

    @Bean
    Reading reading(InstantSource clock, Subscriptions subscriptions, Composer composer) {
        return new Reading(clock, subscriptions, composer);
    }

    @Bean
    Feeds feeds(Tx tx, InstantSource clock, Subscriptions subscriptions, Reading reading, Composer composer) {
        return new Feeds(tx, clock, subscriptions, reading, composer);
    }

    @Bean
    Trial trial(Tx tx, InstantSource clock, Subscriptions subscriptions, Channels channels, Composer composer) {
        return new Trial(tx, clock, subscriptions, channels, composer);
    }

    /** Where nobody said how people reach this instance, they are on this machine. */
    private static String publicUrl(Server.Settings settings, ServletWebServerApplicationContext context) {
        String told = settings.outward().publicUrl();
        return told == null
                ? "http://127.0.0.1:"
                        + Objects.requireNonNull(context.getWebServer()).getPort()
                : told;
    }

    /** What time alone brings about. */
    @Bean
    Watch silence() {
        return new SilenceWatch();
    }

    @Bean
    Watch deadlines(Vocabularies vocabularies, EndOfSupport endOfSupport) {
        return new DeadlineWatch(vocabularies, endOfSupport);
    }

    @Bean
    Watch tokensExpire() {
        return new TokenWatch();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Relay relay(
            Tx tx,
            InstantSource clock,
            Bell bell,
            Subscriptions subscriptions,
            Channels channels,
            Composer composer,
            Server.Settings settings,
            List<Watch> watches) {
        return new Relay(
                tx,
                clock,
                bell,
                subscriptions,
                channels,
                composer,
                settings.outward().mail() != null,
                watches);
    }

    @Bean
    Backlog backlog(Tx tx, InstantSource clock, PrometheusMeterRegistry registry) {
        Backlog backlog = new Backlog(tx, clock);
        Gauge.builder("minventory.relay.backlog", backlog, its -> its.age().toSeconds())
                .description("The age of the oldest notice or message that could go at once and has not gone")
                .baseUnit("seconds")
                .register(registry);
        return backlog;
    }

    // intake

    @Bean
    Vocabularies vocabularies() {
        return new Vocabularies();
    }

    @Bean
    Intake intake(Tx tx, InstantSource clock, Vocabularies vocabularies, Customers customers, Bell bell) {
        return new Intake(tx, clock, vocabularies, customers, Consequences.ALL, bell);
    }

    // project

    @Bean
    ShareLinks shareLinks(InstantSource clock) {
        return new ShareLinks(clock);
    }

    // web

    @Bean
    Rates rates(InstantSource clock, Server.Settings settings) {
        return new Rates(clock, settings.requestsPerSecond(), settings.burst());
    }

    @Bean
    Cursors cursors(Tx tx) {
        return new Cursors(tx.write(Scope.NOTHING, db -> InstanceKey.of(db, "cursor-key")));
    }

    @Bean
    Csrf csrf(Tx tx) {
        return new Csrf(tx.write(Scope.NOTHING, db -> InstanceKey.of(db, "form-key")));
    }

    @Bean
    Etags etags(Tx tx) {
        return new Etags(tx, program());
    }

    @Bean
    Replays replays(Tx tx, InstantSource clock) {
        return new Replays(tx, clock);
    }

    @Bean
    Readiness readiness(Tx tx) {
        return new Readiness(tx);
    }

    @Bean
    Language language() {
        return new Language();
    }

    @Bean
    Gate gate(Callers callers, Rates rates) {
        return new Gate(callers, rates);
    }

    @Bean
    Doors doors(Gate gate, Cursors cursors, Language language, ErrorPages pages) {
        return new Doors(gate, cursors, language, pages);
    }

    @Bean
    Routes routes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        return new Routes(mapping);
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> measuring(PrometheusMeterRegistry registry) {
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new Measuring(registry));
        filter.setOrder(0);
        return filter;
    }

    @Bean
    FilterRegistrationBean<FilterChainProxy> wall(
            Csrf csrf, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        FilterRegistrationBean<FilterChainProxy> filter =
                new FilterRegistrationBean<>(new Wall(csrf, problems).filter());
        filter.setOrder(1);
        return filter;
    }

    // ui

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    Pages pages(Assets assets) {
        return new Pages(assets);
    }

    @Bean
    InventoryReader inventoryReader(
            Tx tx, InstantSource clock, Customers customers, Vocabularies vocabularies, Pages pages) {
        return new InventoryReader(tx, clock, customers, vocabularies, pages);
    }

    @Bean
    ElementReader elementReader(
            Tx tx, InstantSource clock, Customers customers, Vocabularies vocabularies, Pages pages) {
        return new ElementReader(tx, clock, customers, vocabularies, pages);
    }

    @Bean
    Shared shared(Tx tx, ShareLinks links, Callers callers, Rates rates) {
        return new Shared(tx, links, callers, rates);
    }

    @Bean
    ErrorPages errorPages(Pages pages, Language language) {
        return new ErrorPages(pages, language);
    }

    /** The version; one that was not released may say other things tomorrow under the same name. */
    private static String program() {
        String version = House.class.getPackage().getImplementationVersion();
        boolean released = version != null && !version.endsWith("-SNAPSHOT");
        return released ? version : version + " " + UUID.randomUUID();
    }
}
