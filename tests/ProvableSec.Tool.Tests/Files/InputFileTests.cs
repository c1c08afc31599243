using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Tests.Files;

public sealed class InputFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Text_is_read_with_or_without_byte_order_mark()
    {
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true),
            new UnicodeEncoding(true, true)])
        {
            string file = folder.Write("a.json", [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"ä\":1}")]);
            DocumentText? text = InputFile.TryRead(file, "a.json", out PolicyProblem? problem);
            Assert.Null(problem);
            Assert.Equal(("{\"ä\":1}", "a.json"), (text!.Text, text.Name));
        }
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing() => Refused(folder["none.json"], "none.json does not exist");

    [Fact]
    public void A_file_in_a_missing_folder_is_said_to_be_missing() => Refused(folder["none/none.json"], "none.json does not exist");

    [Fact]
    public void A_directory_is_refused()
    {
        Directory.CreateDirectory(folder["d"]);
        Refused(folder["d"], "d is a directory; expected a file");
    }

    [Fact]
    public void A_file_over_the_limit_is_refused()
    {
        using (FileStream large = File.Create(folder["large.json"]))
        {
            large.SetLength(InputFile.MaxBytes + 1L);
        }

        Refused(folder["large.json"], "large.json is larger than the limit of 64 MB");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_refused()
    {
        string file = folder.Write("closed.json", "{}");
        using FileStream? held = OperatingSystem.IsWindows() ? new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.None);
        }

        // Permissions do not bind root; reading a process's memory at address 0 fails for everybody.
        Refused(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? "/proc/self/mem" : file, "cannot be read");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        Assert.Null(InputFile.TryRead(folder.Write("latin.json", [(byte)'\n', (byte)'a', 0xE4, (byte)'b']), "latin.json", out PolicyProblem? problem));
        Assert.Equal((ProblemCode.InvalidEncoding, new LinePosition(2, 2)), (problem!.Code, problem.Position));
    }

    private static void Refused(string file, string message)
    {
        Assert.Null(InputFile.TryRead(file, Path.GetFileName(file), out PolicyProblem? problem));
        Assert.Equal(ProblemCode.UnreadableFile, problem!.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
