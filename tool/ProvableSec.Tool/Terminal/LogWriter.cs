using System.Buffers;
using System.Text;

namespace ProvableSec.Tool.Terminal;

/// <summary>Messages on their way to a log or a terminal (<see cref="LogText"/>). Does not close what it writes to.</summary>
internal sealed class LogWriter : TextWriter
{
    private readonly TextWriter to;
    private readonly LogText text = new(colors: false);
    private readonly ArrayBufferWriter<byte> safe = new();
    private readonly Encoder encoder = new UTF8Encoding(false).GetEncoder();

    public LogWriter(TextWriter to)
    {
        this.to = to;
        CoreNewLine = ['\n'];
    }

    /// <inheritdoc/>
    public override Encoding Encoding => to.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(buffer.Length)];
        text.Write(bytes.AsSpan(0, encoder.GetBytes(buffer, bytes, flush: false)), safe);
        Pass();
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + "\n");

    /// <inheritdoc/>
    public override void Flush()
    {
        text.Flush(safe);
        Pass();
        to.Flush();
    }

    private void Pass()
    {
        to.Write(Encoding.UTF8.GetString(safe.WrittenSpan));
        safe.ResetWrittenCount();
    }
}
