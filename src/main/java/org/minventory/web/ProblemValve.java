package org.minventory.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Languages;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

/** What the server itself refuses, before or beside our own code, is a problem like any other: never its page. */
public final class ProblemValve extends ErrorReportValve {
    /** Made by Tomcat, by name. */
    public ProblemValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        Locale language = Languages.of(request.getHeader("Accept-Language"));
        Refusal refusal = refusal(request, status, failure);
        try {
            Answer answer = Problems.answer(refusal, language);
            response.setStatus(answer.status());
            response.setCharacterEncoding((String) null);
            answer.headers().forEach(response::setHeader);
            response.setHeader("Vary", Problems.VARY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getOutputStream().write(Json.write(Problems.document(refusal, language)));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // nobody is there to read it
        }
    }

    /** Whether reading the body failed. */
    static boolean isBrokenOff(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException;
    }

    private static Refusal refusal(Request request, int status, @Nullable Throwable failure) {
        if (status == 400 && isBrokenOff(request)) return Body.brokenOff();
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        boolean tooLarge = status == 431
                || (failure != null && String.valueOf(failure.getMessage()).contains("header"))
                || String.valueOf(message).contains("header is too large");
        if (tooLarge) return Refusal.of(Problem.HEADERS_TOO_LARGE);
        return switch (status) {
            case 404 -> Refusal.of(Problem.NOT_FOUND);
            case 405, 501 -> Refusal.of(Problem.METHOD_NOT_ALLOWED);
            case 406 -> Refusal.of(Problem.NOT_ACCEPTABLE);
            case 503 -> Refusal.of(Problem.BUSY);
            default ->
                status < 500 ? Refusal.of(Problem.INVALID_REQUEST, Say.of("unfit-path")) : Refusal.of(Problem.INTERNAL);
        };
    }
}
