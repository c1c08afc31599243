using System.Diagnostics;

namespace ProvableSec.Tests;

/// <summary>The program git-secrets with the patterns that it registers for AWS.</summary>
public static class GitSecrets
{
    public const string WhySkipped = "git-secrets is not on the PATH; ./test.sh installs it or names the command";

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "git-secrets")));

    /// <summary>Which of some texts it stops.</summary>
    public static bool[] Stops(IReadOnlyList<string> texts)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-comparison-").FullName;
        try
        {
            for (int i = 0; i < texts.Count; i++)
            {
                File.WriteAllText(Path.Combine(folder, $"{i}.txt"), texts[i]);
            }

            Run(folder, "git", "init", "-q");
            Run(folder, "git-secrets", "--register-aws");
            HashSet<string> named = [.. Run(folder, "git-secrets", ["--scan", .. Enumerable.Range(0, texts.Count).Select(i => $"{i}.txt")]).Split('\n')
                .Select(line => line.Split(':')[0])];
            return [.. Enumerable.Range(0, texts.Count).Select(i => named.Contains($"{i}.txt"))];
        }
        finally
        {
            foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                File.SetAttributes(file, FileAttributes.Normal);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What it finds it tells in full, secret and all: nothing of that leaves this class.</summary>
    private static string Run(string folder, string program, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.Result;
    }
}
