using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Batch;

/// <summary>
/// Runs the lines of a stream through several workers and writes their answers in the order of the lines, in constant memory:
/// the reader waits when too much is under way.
/// </summary>
internal sealed class LineBatch<TAnswerer>
    where TAnswerer : ILineAnswerer
{
    // At most this many bytes of lines may be under way, beside the one block that must be; only lines near their limit ever reach it.
    private const long MostBytes = 64 << 20;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly LineBlockReader reader;
    private readonly string name;
    private readonly CommandConsole console;
    private readonly IReadOnlyList<Stream> outputs;
    private readonly TAnswerer[] answerers;
    private readonly object gate = new();
    private readonly Queue<LineBlock> toDo = new();
    private readonly Queue<LineBlock> inOrder = new();
    private readonly Stack<(ArrayBufferWriter<byte>[] Answers, StringWriter Messages)> spare = new();
    private long bytes;
    private bool readAll;
    private ExceptionDispatchInfo? failure;

    /// <summary>Prepares a batch.</summary>
    /// <param name="reader">Where the lines come from.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="answerers">One for each worker.</param>
    /// <param name="console">Takes messages and progress.</param>
    /// <param name="outputs">Where the answers go; standard output alone where none are given.</param>
    public LineBatch(LineBlockReader reader, string name, TAnswerer[] answerers, CommandConsole console, IReadOnlyList<Stream>? outputs = null)
    {
        this.reader = reader;
        this.name = name;
        this.answerers = answerers;
        this.console = console;
        this.outputs = outputs ?? [console.Output];
    }

    /// <summary>Runs to the end of the stream.</summary>
    public void Run()
    {
        Thread reading = Start(Read);
        Thread[] others = [Start(Write), .. answerers.Select(answerer => Start(() => Work(answerer)))];
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        // After a failure the reader may wait for a slow producer without end; nobody needs what it would bring.
        if (failure is null)
        {
            reading.Join();
        }

        failure?.Throw();
    }

    private Thread Start(Action part)
    {
        var thread = new Thread(() => Guard(part)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Guard(Action part)
    {
        try
        {
            part();
        }
        catch (Exception e)
        {
            lock (gate)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Read()
    {
        int most = answerers.Length * 4;
        try
        {
            while (reader.Next() is { } block)
            {
                lock (gate)
                {
                    while (failure is null && inOrder.Count > 0 && (inOrder.Count >= most || bytes > MostBytes))
                    {
                        Monitor.Wait(gate);
                    }

                    if (failure is not null)
                    {
                        return;
                    }

                    toDo.Enqueue(block);
                    inOrder.Enqueue(block);
                    bytes += block.Bytes.Length;
                    Monitor.PulseAll(gate);
                }
            }
        }
        finally
        {
            lock (gate)
            {
                readAll = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Work(TAnswerer answerer)
    {
        while (true)
        {
            LineBlock? block;
            (ArrayBufferWriter<byte>[] Answers, StringWriter Messages) buffers;
            lock (gate)
            {
                while (!toDo.TryDequeue(out block))
                {
                    if (readAll || failure is not null)
                    {
                        return;
                    }

                    Monitor.Wait(gate);
                }

                if (!spare.TryPop(out buffers))
                {
                    buffers = ([.. outputs.Select(_ => new ArrayBufferWriter<byte>(1 << 14))], new StringWriter { NewLine = "\n" });
                }
            }

            (block.Answers, block.Messages) = buffers;
            Answer(block, answerer);
            lock (gate)
            {
                block.Done = true;
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Answer(LineBlock block, TAnswerer answerer)
    {
        ReadOnlySpan<byte> rest = block.Bytes;
        int number = block.FirstLine;
        try
        {
            if (block.TooLong)
            {
                answerer.Refuse(TooLong(number), number, block.Answers!, block.Messages!);
                return;
            }

            for (; !rest.IsEmpty; number++)
            {
                int end = rest.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                if (line.EndsWith("\r"u8))
                {
                    line = line[..^1];
                }

                if (!line.ContainsAnyExcept(" \t\r"u8))
                {
                    continue;
                }

                if (line.Length > LineBlockReader.MaxLineBytes)
                {
                    answerer.Refuse(TooLong(number), number, block.Answers!, block.Messages!);
                }
                else if (answerer.TryAnswer(line, block.Answers!))
                {
                    continue;
                }
                else if (Decode(line, number, out PolicyProblem? problem) is { } text)
                {
                    answerer.Answer(new DocumentText(text, name, new LinePosition(number, 1)), number, block.Answers!, block.Messages!);
                }
                else
                {
                    answerer.Refuse(problem!, number, block.Answers!, block.Messages!);
                }
            }
        }
        catch (Exception e)
        {
            e.Data[CrashBundle.LineKey] = number;
            throw;
        }
    }

    private string? Decode(ReadOnlySpan<byte> line, int number, out PolicyProblem? problem)
    {
        problem = null;
        try
        {
            return Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            char[] before = new char[line.Length];
            System.Text.Unicode.Utf8.ToUtf16(line, before, out int good, out int written, replaceInvalidSequences: false);
            problem = new PolicyProblem(
                ProblemCode.InvalidEncoding,
                $"byte {good} of the line (0x{line[good]:X2}) is not valid UTF-8",
                new TextRange(written, 0),
                "",
                new LinePosition(number, written + 1),
                name);
            return null;
        }
    }

    private PolicyProblem TooLong(int number) => new(
        ProblemCode.TooLarge,
        $"the line is longer than the limit of {LineBlockReader.MaxLineBytes >> 20} MB",
        default,
        "",
        new LinePosition(number, 1),
        name);

    private void Write()
    {
        using var progress = new Progress(console, "lines");
        while (true)
        {
            LineBlock? block;
            lock (gate)
            {
                while (!inOrder.TryPeek(out block) || !block.Done)
                {
                    if (failure is not null || (block is null && readAll))
                    {
                        return;
                    }

                    Monitor.Wait(gate);
                }
            }

            if (block.Messages!.GetStringBuilder().Length > 0)
            {
                progress.Clear();
                console.Error.Write(block.Messages.ToString());
            }

            // A block's answers go out together and at once, so that a pipe's reader is not kept waiting.
            for (int i = 0; i < outputs.Count; i++)
            {
                outputs[i].Write(block.Answers![i].WrittenSpan);
                outputs[i].Flush();
            }

            progress.Add(block.LineCount);
            lock (gate)
            {
                inOrder.Dequeue();
                bytes -= block.Bytes.Length;
                Recycle(block);
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Recycle(LineBlock block)
    {
        const int Ordinary = 1 << 20;
        if (block.Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(block.Buffer);
        }

        StringBuilder text = block.Messages!.GetStringBuilder();
        if (block.Answers!.All(answers => answers.Capacity <= Ordinary) && text.Capacity <= Ordinary)
        {
            foreach (ArrayBufferWriter<byte> answers in block.Answers!)
            {
                answers.ResetWrittenCount();
            }

            text.Clear();
            spare.Push((block.Answers!, block.Messages));
        }
    }
}
