using System.Buffers;

namespace ProvableSec.Tool.Batch;

/// <summary>Some whole lines of a stream on their way from the reader through a worker to the writer.</summary>
internal sealed class LineBlock(byte[] buffer, int start, int length, int firstLine, int lineCount, bool tooLong = false)
{
    /// <summary>Rented from the shared pool.</summary>
    public byte[] Buffer { get; } = buffer;

    /// <summary>The lines, with their line feeds.</summary>
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(start, length);

    /// <summary>The number of the first line, from 1.</summary>
    public int FirstLine { get; } = firstLine;

    /// <summary>How many lines there are.</summary>
    public int LineCount { get; } = lineCount;

    /// <summary>True when this stands for one line over the limit, whose bytes were thrown away.</summary>
    public bool TooLong { get; } = tooLong;

    /// <summary>The answers for each output, once there are some.</summary>
    public ArrayBufferWriter<byte>[]? Answers { get; set; }

    /// <summary>What goes to the error stream.</summary>
    public StringWriter? Messages { get; set; }

    /// <summary>True when the writer may have it. Only under the batch's lock.</summary>
    public bool Done { get; set; }
}
