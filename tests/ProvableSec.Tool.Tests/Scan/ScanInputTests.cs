using System.Diagnostics;
using System.Text;

namespace ProvableSec.Tool.Tests.Scan;

/// <summary>What <c>scan</c> reads: files of all encodings, pipes, standard input, and what is no text.</summary>
public sealed class ScanInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Fresh fresh = new(1);

    /// <summary>A mark at the beginning says that it is text, whatever is in it.</summary>
    [Fact]
    public void Marked_text_with_a_zero_is_scanned()
    {
        folder.Write("a.txt", [0xEF, 0xBB, 0xBF, 0, (byte)'\n', .. System.Text.Encoding.ASCII.GetBytes($"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")]);
        Assert.Contains("a.txt:2:23: error PSEC1003", ToolRun.Command("scan", folder[""]).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_is_counted()
    {
        folder.Write("a.bin", [1, 0, 2]);
        folder.Write("b.zip", "PK");
        folder.Write("c.txt", new string('x', (1 << 20) + 1));
        ToolRun run = ToolRun.Command("scan", folder[""], "--max-size", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("0 texts (0.0 MB): no credentials · skipped: 1 binary, 1 archive, 1 too large", run.Error.Trim());
    }

    [Fact]
    public void Standard_input_is_scanned()
    {
        ToolRun run = ToolRun.Of($"x\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n", "scan", "-");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("-:2:23: error PSEC1003", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Of("nothing\n", "scan", "-").ExitCode);
        run = ToolRun.Of(new string('x', (1 << 20) + 1), "scan", "-", "--max-size", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("provablesec: standard input is larger than the limit of 1 MB (--max-size)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("", "scan", "--staged", "-").ExitCode);
    }

    /// <summary>Which has no length, and cannot be sought in.</summary>
    [Fact]
    public async Task A_pipe_that_is_named_is_scanned()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        string pipe = folder["pipe"];
        using (Process mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Task writing = Task.Run(() => File.WriteAllText(pipe, new string('x', 200_000) + $"\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n"),
            TestContext.Current.CancellationToken);
        ToolRun run = ToolRun.Command("scan", pipe);
        await writing;
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("pipe:2:23: error PSEC1003", run.Lines[0], StringComparison.Ordinal);
    }

    /// <summary>Whatever was named and not read must not pass for clean.</summary>
    [Fact]
    public void What_is_named_is_read_or_an_error()
    {
        string archive = folder.Write("b.zip", "PK"), large = folder.Write("c.txt", new string('x', (1 << 20) + 1));
        string binary = folder.Write("a.bin", [1, 0, (byte)'\n', .. Encoding.ASCII.GetBytes($"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")]);
        Assert.Equal(1, ToolRun.Command("scan", binary).ExitCode);
        ToolRun run = ToolRun.Command("scan", archive, large, "--max-size", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"provablesec: {archive} is an archive", run.Error, StringComparison.Ordinal);
        Assert.Contains($"provablesec: {large} is larger than the limit of 1 MB", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("scan", folder[""], "--max-size", "1").ExitCode);
    }

    [Fact]
    public void Utf16_without_a_mark_is_text_and_other_zeros_are_not()
    {
        string text = $"é = 1\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";
        foreach (byte[] bytes in (byte[][])[Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text),
            Encoding.Unicode.GetBytes("漢字漢字漢字\n" + text[6..])])
        {
            folder.Write("a.txt", bytes);
            Assert.Contains("a.txt:2:23: error PSEC1003", ToolRun.Command("scan", folder[""]).Lines[0], StringComparison.Ordinal);
        }

        folder.Write("a.txt", [7, 0, 1, 0, 2, 0, 3, 0]);
        Assert.Contains("skipped: 1 binary", ToolRun.Command("scan", folder[""]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Encodings_and_line_ends_do_not_matter()
    {
        string text = $"é = 1\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";
        string windows = text.ReplaceLineEndings("\r\n");
        byte[][] forms =
        [
            Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(windows), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(windows)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
                [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(windows)],
            Encoding.Latin1.GetBytes(text),
        ];
        string[] outputs = [.. forms.Select(bytes => ToolRun.Command("scan", folder.Write("a.txt", bytes)).Output)];
        Assert.Contains(":2:23: error PSEC1003", outputs[0], StringComparison.Ordinal);
        Assert.Single(outputs.Distinct());
    }

    [Fact]
    public void A_loop_of_links_ends_and_a_missing_path_is_told()
    {
        folder.Write("a/x.txt", "x");
        Directory.CreateSymbolicLink(folder["a/loop"], folder["a"]);
        ToolRun run = ToolRun.Command("scan", folder["a"], folder["missing"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"provablesec: {folder["missing"]} does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 text (0.0 MB): no credentials", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
