namespace ProvableSec.Reasoning.Questions;

/// <summary>Where the type of a document standing alone is from.</summary>
public enum PolicyTypeOrigin
{
    /// <summary>Its content.</summary>
    Content,

    /// <summary>The name of its file or of a folder.</summary>
    FileName,

    /// <summary>The question says it.</summary>
    Query,

    /// <summary>The command line says it.</summary>
    CommandLine,

    /// <summary>An option of whoever checks it says it.</summary>
    Option,

    /// <summary>The configuration file says it.</summary>
    ConfigurationFile,

    /// <summary>The document that holds it says it: a template, a plan, an account dump.</summary>
    Holder,

    /// <summary>None plays a part: the question is about a stack.</summary>
    Stack,
}
