namespace ProvableSec.Tool.Tests.Report;

/// <summary><c>report</c> is a program of its own.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_the_program_the_message_says_how_to_install_it()
    {
        Directory.CreateDirectory(folder["empty"]);

        ToolProcess run = ToolProcess.Run(folder["empty"], folder["empty"], "report", "waf", "logs", "--out", "report.html");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("dotnet tool install --global provablesec-report", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_of_the_path_gets_the_command_line_as_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        folder.WriteProgram("provablesec-report", "#!/bin/sh\nfor argument; do echo \"<$argument>\"; done\nexit 3\n");

        ToolProcess run = ToolProcess.Run(folder["."], folder["."], "report", "waf", "a b", "--out", "report.html", "--help");

        Assert.Equal((3, "<waf>\n<a b>\n<--out>\n<report.html>\n<--help>\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_program_in_the_current_folder_is_not_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        folder.WriteProgram("provablesec-report", "#!/bin/sh\necho ran\n");

        ToolProcess run = ToolProcess.Run(folder["."], ".:", "report", "waf", "logs");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }
}
