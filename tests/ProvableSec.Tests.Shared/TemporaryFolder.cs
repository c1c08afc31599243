namespace ProvableSec.Tests;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("provablesec-test-").FullName;

    public string Write(string name, string text)
    {
        string file = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public string Write(string name, byte[] bytes)
    {
        string file = this[name];
        File.WriteAllBytes(file, bytes);
        return file;
    }

    /// <summary>Writes a shell script that can be started; on Windows one that cannot.</summary>
    public string WriteProgram(string name, string script)
    {
        string file = Write(name, script);
        UnixFile.SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    public string this[string name] => Path.Combine(path, name);

    public void Dispose()
    {
        // Git's objects are read-only, which keeps them from being deleted on Windows. A link may lead in a circle.
        foreach (string file in Directory.EnumerateFiles(path, "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(path, recursive: true);
    }
}
