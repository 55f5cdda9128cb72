package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Languages;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Whatever goes wrong becomes one of our problems; what we did not expect is written to the log with a number. */
final class ProblemResolver implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);
    private static final ModelAndView DONE = new ModelAndView();
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/integrations/", "/health/");

    /** What follows opens a page, a feed, a calendar, or ends a subscription: it stands in no log. */
    private static final List<String> SECRET_ADDRESSES = List.of("/share/", "/feeds/", "/calendar/", "/unsubscribe/");

    private final ProblemPage pages;

    ProblemResolver(ProblemPage pages) {
        this.pages = pages;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (isRefusedByServer(request, response)) return DONE;
        if (response.isCommitted() || hasLeft(failure)) return null;
        try {
            if (failure instanceof HttpRequestMethodNotSupportedException method
                    && method.getSupportedHttpMethods() != null)
                response.setHeader(
                        "Allow",
                        method.getSupportedHttpMethods().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", ")));
            Refusal refusal = expected(failure).orElseGet(() -> unexpected(request, response, failure));
            if (isForAPerson(request)) Problems.write(response, pages.page(request, refusal));
            else Problems.write(response, refusal, Languages.of(request.getHeader("Accept-Language")));
            return DONE;
        } catch (IOException gone) {
            return null;
        }
    }

    /** A body that is no HTTP is refused by the server while it is read; {@link ProblemValve} says so. */
    private static boolean isRefusedByServer(HttpServletRequest request, HttpServletResponse response) {
        return response.getStatus() == HttpServletResponse.SC_BAD_REQUEST && ProblemValve.isBrokenOff(request);
    }

    /** Whether a browser wants to show it to somebody. */
    private static boolean isForAPerson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && FOR_PROGRAMS.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    private static boolean hasLeft(Exception failure) {
        return failure instanceof AsyncRequestNotUsableException
                || (failure instanceof IOException
                        && failure.getClass().getSimpleName().equals("ClientAbortException"));
    }

    /** The refusal that a failure stands for; none where nobody expected it. */
    static Optional<Refusal> expected(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case Refusal refusal -> refusal;
                    case NoHandlerFoundException unknown -> Refusal.of(Problem.NOT_FOUND);
                    case NoResourceFoundException unknown -> Refusal.of(Problem.NOT_FOUND);
                    case HttpRequestMethodNotSupportedException unknown -> Refusal.of(Problem.METHOD_NOT_ALLOWED);
                    case HttpMediaTypeNotSupportedException unknown ->
                        Refusal.of(Problem.UNSUPPORTED_MEDIA, types(unknown));
                    case HttpMediaTypeNotAcceptableException unknown -> Refusal.of(Problem.NOT_ACCEPTABLE);
                    case MissingServletRequestParameterException missing ->
                        Refusal.at(Problem.MISSING_PARAMETER, missing.getParameterName(), missing.getParameterName());
                    case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
                    case InvalidParameterException unreadable ->
                        Refusal.of(Problem.INVALID_REQUEST, Say.of("unfit-path"));
                    case RequestRejectedException rejected -> Refusal.of(Problem.INVALID_REQUEST, Say.of("unfit-path"));
                    default -> null;
                });
    }

    private static String types(HttpMediaTypeNotSupportedException unsupported) {
        return unsupported.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .collect(Collectors.joining(", "));
    }

    /** A path that cannot be an identifier leads nowhere; a parameter that cannot be read is named. */
    private static Refusal mismatch(MethodArgumentTypeMismatchException mismatch) {
        if (mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) return Refusal.of(Problem.NOT_FOUND);
        Class<?> type = mismatch.getRequiredType();
        String expected = type == null ? "value" : type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return Refusal.at(
                Problem.UNFIT_PARAMETER, mismatch.getName(), mismatch.getName(), Say.of("expected", expected));
    }

    /** The address for the log; where it is the secret itself, the route. */
    static String told(String path, @Nullable Object route) {
        return SECRET_ADDRESSES.stream()
                .filter(path::startsWith)
                .findFirst()
                .map(address -> route == null ? address : route.toString())
                .orElse(path);
    }

    private static Refusal unexpected(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        String incident = UUID.randomUUID().toString();
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String address = told(request.getRequestURI(), route);
        LOG.error("{} {} failed, incident {}", request.getMethod(), address, incident, failure);
        response.setHeader("Minventory-Incident", incident);
        return Refusal.of(Problem.INTERNAL);
    }
}
