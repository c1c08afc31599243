using System.Text;
using ProvableSec.Tool.Batch;

namespace ProvableSec.Tool.Tests.Batch;

public sealed class StreamingTests
{
    private static string Line(long number, int padding = 0) =>
        $$"""{"id":{{number}},"identityPolicies":[{"Statement":{"Sid":"{{new string('x', padding)}}","Effect":"Allow","Action":"s3:*","Resource":"*"} }],"request":{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/{{number}}"},"expected":"allow"}""" + "\n";

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Twenty_thousand_lines_keep_their_order(int jobs)
    {
        const int Lines = 20_000;
        Random random = RandomRun.Random(1);
        var input = new GeneratedStream(index => index < Lines
            ? Encoding.UTF8.GetBytes(index % 7 == 3 ? $"{{\"id\":{index}\n" : Line(index, random.Next(400)))
            : null);
        ToolRun run = ToolRun.Of(input, "simulate", "-", "--jobs", $"{jobs}");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(Enumerable.Range(0, Lines), run.Answers.Select(answer => answer.GetProperty("id").GetInt32()));
        string[] messages = [.. run.Error.Split('\n').Where(line => line.StartsWith("-:", StringComparison.Ordinal))];
        Assert.Equal(messages.OrderBy(message => int.Parse(message.Split(':')[1])), messages);
    }

    [Fact]
    public void The_reader_does_not_run_ahead_of_the_answers()
    {
        const int Lines = 100_000, Jobs = 4, MostAhead = ((Jobs * 4) + 4) * (1 << 16);
        int length = Line(10_000).Length;
        long answered = 0, most = 0;
        var input = new GeneratedStream(index => index < Lines
            ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(i => Line(10_000 + ((index * 100) + i) % 80_000))))
            : null);
        int writes = 0;
        var output = new WatchedStream(bytes =>
        {
            answered += bytes.Span.Count((byte)'\n');
            if (++writes < 50)
            {
                // A slow taker: a reader that runs ahead has time to show it.
                SpinWait.SpinUntil(() => input.Taken - (answered * length) > MostAhead, TimeSpan.FromMilliseconds(5));
            }

            most = Math.Max(most, input.Taken - (answered * length));
            if (writes < 50)
            {
                return;
            }

            if (input.Taken > 40_000_000)
            {
                throw new IOException("enough");
            }
        });
        Assert.Equal(2, ProvableSecCommand.Run(["simulate", "-", "--jobs", $"{Jobs}"], input, output, TextWriter.Null));
        Assert.True(input.Taken > 40_000_000);
        Assert.InRange(most, 0, MostAhead);
    }

    [Fact]
    public void A_line_is_answered_before_the_next_one_comes()
    {
        using var answered = new SemaphoreSlim(0);
        bool inTime = true;
        var input = new GeneratedStream(index =>
        {
            if (index > 0)
            {
                inTime &= answered.Wait(TimeSpan.FromSeconds(30));
            }

            return index < 3 ? Encoding.UTF8.GetBytes(Line(index)) : null;
        });
        int code = ProvableSecCommand.Run(["simulate", "-"], input, new WatchedStream(bytes => answered.Release(bytes.Span.Count((byte)'\n'))),
            TextWriter.Null);
        Assert.Equal(0, code);
        Assert.True(inTime);
    }

    [Fact]
    public void A_failure_does_not_wait_for_a_producer_that_sends_nothing_more()
    {
        using var over = new ManualResetEventSlim();
        var input = new GeneratedStream(index =>
        {
            if (index > 0)
            {
                over.Wait(TimeSpan.FromSeconds(60));
            }

            return index == 0 ? Encoding.UTF8.GetBytes(Line(index)) : null;
        });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        int code = ProvableSecCommand.Run(["simulate", "-"], input, new WatchedStream(_ => throw new IOException("closed")), TextWriter.Null);
        Assert.Equal(2, code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        over.Set();
    }

    [Fact]
    public void A_line_over_the_limit_is_refused_and_the_stream_goes_on()
    {
        const int Pieces = (LineBlockReader.MaxLineBytes >> 16) + 3;
        byte[] piece = new byte[1 << 16];
        Array.Fill(piece, (byte)'x');
        var input = new GeneratedStream(index => index switch
        {
            0 => Encoding.UTF8.GetBytes(Line(1) + "{\"id\":\""),
            <= Pieces => piece,
            Pieces + 1 => Encoding.UTF8.GetBytes("\"}\n" + Line(2) + Line(3)),
            _ => null,
        });
        ToolRun run = ToolRun.Of(input, "simulate", "-", "--jobs", "2");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("-:2:1: the line is longer than the limit of 16 MB", run.Error, StringComparison.Ordinal);
        Assert.Equal([1, 2, 2, 3], run.Answers.Select(answer => answer.GetProperty(answer.TryGetProperty("id", out _) ? "id" : "line").GetInt32()));
        Assert.Equal(2, run.Answers[1].GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_first_line_over_the_limit_is_refused_and_the_stream_goes_on()
    {
        byte[] line = Encoding.UTF8.GetBytes("{\"id\":\"" + new string('x', LineBlockReader.MaxLineBytes + 100_000) + "\"}\n" + Line(2));
        ToolRun run = ToolRun.Of(line, "simulate", "-", "--jobs", "2");
        Assert.Equal(2, run.Answers.Length);
        Assert.Contains("-:1:1: the line is longer", run.Error, StringComparison.Ordinal);
        Assert.Equal("allow", run.Answers[1].GetProperty("decision").GetString());
    }

    [Fact]
    public void A_last_line_over_the_limit_without_line_end_is_refused()
    {
        byte[] line = Encoding.UTF8.GetBytes(Line(1) + new string('x', LineBlockReader.MaxLineBytes + 1));
        ToolRun run = ToolRun.Of(line, "simulate", "-");
        Assert.Equal(2, run.Answers.Length);
        Assert.Contains("-:2:1: the line is longer", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Reads_of_any_size_give_the_same_answers(int size)
    {
        byte[] input = Encoding.UTF8.GetBytes("\uFEFF" + Line(1) + "\r\n" + Line(2).Replace("\n", "\r\n") + "x\n" + Line(3).TrimEnd());
        ToolRun whole = ToolRun.Of(input, "simulate", "-");
        ToolRun pieces =
            ToolRun.Of(new GeneratedStream(index => index * size < input.Length ? input[(int)(index * size)..(int)Math.Min(input.Length, (index + 1) * size)]
            : null), "simulate", "-");
        Assert.Equal(4, whole.Answers.Length);
        Assert.Equal(whole.Output, pieces.Output);
    }
}
