namespace ProvableSec.Tool.Files;

/// <summary>Is told what a walk through folders leaves out. Several threads may tell.</summary>
internal interface IFileTreeReport
{
    /// <summary>What a person should know, though it isn't a reason to fail.</summary>
    void Note(string what);

    /// <summary>Why something that was named is not read.</summary>
    void Refuse(string why);

    /// <summary>A folder cannot be read.</summary>
    void AddUnreadable();
}
