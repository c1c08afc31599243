using System.Collections.Concurrent;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Tool.Trim;

/// <summary>Sessions of one filter, which remember the structure of records from one input to the next. Thread-safe.</summary>
internal sealed class SessionPool(LogFilter filter)
{
    private readonly ConcurrentBag<LogFilterSession> sessions = [];

    /// <summary>The filter.</summary>
    public LogFilter Filter => filter;

    /// <summary>Takes a session that nobody else has, with no counts.</summary>
    public LogFilterSession Take()
    {
        LogFilterSession session = sessions.TryTake(out LogFilterSession? used) ? used : filter.CreateSession();
        session.ResetCounts();
        return session;
    }

    /// <summary>Gives a session back.</summary>
    public void Return(LogFilterSession session) => sessions.Add(session);
}
