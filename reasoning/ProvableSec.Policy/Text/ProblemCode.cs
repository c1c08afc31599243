namespace ProvableSec.Policy.Text;

/// <summary>What is wrong with a document, as a stable name. Errors begin at <see cref="InvalidEncoding"/>, warnings at <see cref="BarePrincipal"/>.</summary>
public enum ProblemCode
{
    /// <summary>The bytes are not UTF-8 or UTF-16.</summary>
    InvalidEncoding,

    /// <summary>The text is not JSON.</summary>
    InvalidJson,

    /// <summary>The text holds a comment, which JSON and AWS do not allow.</summary>
    Comment,

    /// <summary>Objects and arrays are nested deeper than the reader's limit.</summary>
    NestedTooDeep,

    /// <summary>The document is larger than the reader's limit.</summary>
    TooLarge,

    /// <summary>One object has the same key twice.</summary>
    DuplicateKey,

    /// <summary>A value has the wrong JSON type.</summary>
    WrongType,

    /// <summary>A required element is missing.</summary>
    MissingElement,

    /// <summary>An element that the policy language does not know.</summary>
    UnknownElement,

    /// <summary>Two elements that exclude each other, such as Action and NotAction.</summary>
    ConflictingElements,

    /// <summary>A value outside the element's vocabulary, such as Effect "allow".</summary>
    InvalidValue,

    /// <summary>An action that is neither <c>*</c> nor <c>service:Name</c>.</summary>
    InvalidAction,

    /// <summary>A text that should be an ARN and is not.</summary>
    InvalidArn,

    /// <summary>A file that is named and cannot be read.</summary>
    UnreadableFile,

    /// <summary>A principal given as a bare string other than <c>*</c>; read as an AWS principal.</summary>
    BarePrincipal,

    /// <summary>A condition operator that AWS does not publish.</summary>
    UnknownOperator,

    /// <summary>An operator that is spelled with other capitals than AWS's.</summary>
    OperatorCase,

    /// <summary>A policy variable that is never closed; it is literal text.</summary>
    UnclosedVariable,

    /// <summary>An empty list, which gives its statement no effect.</summary>
    EmptyList,

    /// <summary>A member of a case or query that nothing reads, and that resembles none that would be.</summary>
    UnknownMember,

    /// <summary>An action with white space, a comma or another character that no action has; AWS accepts it, and it matches nothing.</summary>
    ImpossibleAction,

    /// <summary>An action of a property that the service data do not know, so that the property may say nothing about it.</summary>
    UnknownAction,
}
