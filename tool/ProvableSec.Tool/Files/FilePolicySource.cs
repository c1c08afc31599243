using System.Collections.Concurrent;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Files;

/// <summary>Policies named by path, relative to a folder. Reads each file once. Thread-safe.</summary>
internal sealed class FilePolicySource : IPolicySource
{
    private const long MostCharacters = 32L << 20;

    private readonly ConcurrentDictionary<string, PolicyDocument> documents = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly InputScope? scope;
    private long characters;

    /// <summary>Creates a source for the policies that one file names.</summary>
    /// <param name="file">That file, or <c>-</c>, whose paths are relative to the current folder.</param>
    /// <param name="allowOutside">Whether they may lie outside of the repository of that file.</param>
    public FilePolicySource(string file, bool allowOutside)
        : this(file, InputScope.Around(file, allowOutside))
    {
    }

    /// <summary>Creates a source for the policies that one file names.</summary>
    /// <param name="file">That file, or <c>-</c>, whose paths are relative to the current folder.</param>
    /// <param name="scope">Which files are read.</param>
    public FilePolicySource(string file, InputScope scope)
    {
        folder = file == InputFile.StandardInputName ? "" : Path.GetDirectoryName(file) ?? "";
        this.scope = scope;
    }

    private FilePolicySource() => folder = "";

    /// <summary>A source for the policies that the command line names.</summary>
    public static FilePolicySource OfCommandLine() => new();

    public PolicyDocument? Load(string path, out PolicyProblem? problem)
    {
        problem = null;
        if (documents.TryGetValue(path, out PolicyDocument? known))
        {
            return known;
        }

        string file = Path.Combine(folder, path);
        if (InputFile.TryRead(file, file, out problem, scope) is not { } text)
        {
            return null;
        }

        PolicyDocument document = PolicyFile.Read(text);
        if (Interlocked.Add(ref characters, text.Text.Length) > MostCharacters)
        {
            documents.Clear();
            Interlocked.Exchange(ref characters, text.Text.Length);
        }

        documents[path] = document;
        return document;
    }
}
