using System.Diagnostics;
using System.Globalization;

namespace ProvableSec.Tool.Terminal;

/// <summary>One line on the error stream that counts, for a person, when a run takes long. Silent when nobody watches.</summary>
internal sealed class Progress(CommandConsole console, string what) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan next = Patience;
    private long count;
    private bool shown;

    /// <summary>Counts on.</summary>
    public void Add(int more)
    {
        count += more;
        if (console.ErrorIsTerminal && clock.Elapsed >= next)
        {
            next = clock.Elapsed + Step;
            shown = true;
            console.Redraw(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} · {clock.Elapsed.TotalSeconds:F0} s "));
        }
    }

    /// <summary>Makes room for a message.</summary>
    public void Clear()
    {
        if (shown)
        {
            console.Redraw(new string(' ', 50) + "\r");
            shown = false;
        }
    }

    public void Dispose() => Clear();
}
