import Glibc

/// Words for the system's error numbers, as they end a sentence about a file.
package enum SystemError {
  package static func text(_ number: Int32) -> String {
    switch number {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "permission denied"
    case ELOOP: "it is a symbolic link"
    case EISDIR: "it is a directory"
    case ENOTDIR, EEXIST: "a part of its path is not a directory"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "the system allows no larger file"
    case EROFS: "the file system is read-only"
    case ENXIO: "it is a pipe or a device without a reader"
    case EMFILE, ENFILE: "too many files are open"
    case EIO: "the device failed"
    case ENAMETOOLONG: "its name is too long"
    default: "system error \(number)"
    }
  }
}
