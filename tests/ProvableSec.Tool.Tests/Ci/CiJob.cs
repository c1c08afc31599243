using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Yaml;

namespace ProvableSec.Tool.Tests.Ci;

/// <summary>
/// A machine of a CI system on which the steps of a YAML file are run as they stand there: a clone of a repository, this build of the command on the PATH, a
/// command line of
/// GitHub that writes down what it is asked.
/// </summary>
internal sealed partial class CiJob : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public CiJob()
    {
        folder.Write("upstream/policies/app.json", Policy("s3:GetObject"));
        Git("upstream", "init", "-q", "-b", "main");
        Commit("upstream", "first");
        Git("", "clone", "-q", folder["upstream"], folder["work"]);
        Git("work", "checkout", "-q", "-b", "change");
        Directory.CreateDirectory(folder["bin"]);
        Directory.CreateDirectory(folder["temp"]);
        string program = ToolProcess.Program is { } native ? $"'{native}'" : $"dotnet '{typeof(ProvableSecCommand).Assembly.Location}'";
        folder.WriteProgram("bin/provablesec", $"#!/bin/sh\nexec {program} \"$@\"\n");
        folder.WriteProgram("bin/gh", $$"""
            #!/bin/sh
            echo "$@" >>'{{folder["gh.log"]}}'
            [ ! -f '{{folder["gh.fails"]}}' ] || exit 1
            for argument in "$@"; do
              case "$argument" in body=@*|sarif=@*) cp "${argument#*=@}" '{{folder["temp"]}}/sent-'"${argument%%=*}" ;; esac
            done
            case "$*" in *--paginate*) [ ! -f '{{folder["gh.known"]}}' ] || cat '{{folder["gh.known"]}}' ;; esac
            """);
        foreach (string file in (string[])["output", "path", "summary"])
        {
            folder.Write("temp/" + file, "");
        }
    }

    /// <summary>A file of the machine.</summary>
    public string this[string name] => folder[name];

    /// <summary>What an expression such as <c>github.base_ref</c> is.</summary>
    public IDictionary<string, string> Values => values;

    /// <summary>The environment that the system gives to every step.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string Policy(string action) => $$"""{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "{{action}}", "Resource": "arn:aws:s3:::reports/*"} }""";

    /// <summary>A file of the repository as JSON.</summary>
    public static JsonElement Yaml(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, name));
        return JsonDocument.Parse(YamlText.ToJson(new DocumentText(text, name), out _)!.Text).RootElement;
    }

    public void Write(string name, string text) => folder.Write(name, text);

    public string Read(string name) => File.ReadAllText(folder[name]);

    public void Commit(string where, string subject)
    {
        Git(where, "add", ".");
        Git(where, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", subject);
    }

    public void Git(string where, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", folder[where], .. arguments]))!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    /// <summary>Puts a <c>dotnet</c> on the PATH that installs this build as a tool, and writes down what it is asked.</summary>
    public void InstallTools()
    {
        string real = System.Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, "dotnet")).First(File.Exists);
        folder.WriteProgram("bin/dotnet", $"""
            #!/bin/sh
            [ "$1" = tool ] || exec '{real}' "$@"
            echo "$@" >>'{folder["dotnet.log"]}'
            while [ "$1" != --tool-path ]; do shift; done
            mkdir -p "$2"
            cp '{folder["bin/provablesec"]}' "$2/provablesec"
            """);
    }

    /// <summary>Runs a script as a system does.</summary>
    /// <param name="script">The script.</param>
    /// <param name="options">How the system calls the shell.</param>
    /// <param name="environment">What the step sets.</param>
    public (int ExitCode, string Output) Bash(string script, string[] options, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        string file = folder.Write("temp/script.sh", script);
        var start = new ProcessStartInfo("bash", [.. options, file]) { WorkingDirectory = folder["work"] };
        start.Environment["PATH"] = $"{folder["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}";
        foreach ((string name, string value) in Environment.Concat(environment ?? []))
        {
            start.Environment[name] = value;
        }

        var output = new MemoryStream();
        (int code, string error) = ToolProcess.Run(start, [], output);
        return (code, Encoding.UTF8.GetString(output.ToArray()) + error);
    }

    /// <summary>The environment of a step, its expressions filled in.</summary>
    public IEnumerable<KeyValuePair<string, string>> EnvironmentOf(JsonElement step) => !step.TryGetProperty("env", out JsonElement env) ? []
        : env.EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, Filled(variable.Value.GetString()!)));

    /// <summary>A text with its expressions filled in; what is not known is empty, as GitHub has it.</summary>
    public string Filled(string text) => Expression().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, ""));

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"\$\{\{ *([\w.-]+) *\}\}")]
    private static partial Regex Expression();
}
