using System.Diagnostics;

namespace ProvableSec.Tool.Tests;

/// <summary>A repository that goes with the test.</summary>
internal sealed class TestRepository : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestRepository()
    {
        Git("init", "-q");
        Git("config", "user.email", "a@example.org");
        Git("config", "user.name", "A");
    }

    public string this[string name] => folder[name];

    public string Write(string name, string text) => folder.Write(name, text);

    /// <summary>Runs git in the repository; what it prints.</summary>
    public string Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", folder[""], .. arguments]) { RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    public void Dispose() => folder.Dispose();
}
