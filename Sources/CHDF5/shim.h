// What Swift cannot import from libhdf5: constants that are macros (most of them open the library
// first), and calls whose signature depends on the version of libhdf5.

#ifndef RNNCHECK_CHDF5_SHIM_H
#define RNNCHECK_CHDF5_SHIM_H

#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdbool.h>

// Element types in a file.
static inline hid_t chdf5_ieee_f32le(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_ieee_f32be(void) { return H5T_IEEE_F32BE; }
static inline hid_t chdf5_ieee_f64le(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_ieee_f64be(void) { return H5T_IEEE_F64BE; }
static inline hid_t chdf5_std_i32le(void) { return H5T_STD_I32LE; }
static inline hid_t chdf5_std_i64le(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline size_t chdf5_variable_length(void) { return H5T_VARIABLE; }

// Element types in memory.
static inline hid_t chdf5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t chdf5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_native_int64(void) { return H5T_NATIVE_INT64; }

// Classes of property lists.
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_group_create(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_link_access(void) { return H5P_LINK_ACCESS; }

// Defaults and flags.
static inline hid_t chdf5_default_properties(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_whole_dataspace(void) { return H5S_ALL; }
static inline hid_t chdf5_default_error_stack(void) { return H5E_DEFAULT; }
static inline unsigned chdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }

/// Whether a file's first bytes are HDF5's: positive, zero, or negative where it cannot be opened.
static inline htri_t chdf5_is_hdf5(const char *path) {
#if H5_VERSION_GE(1, 12, 0)
  return H5Fis_accessible(path, H5P_DEFAULT);
#else
  return H5Fis_hdf5(path);
#endif
}

/// Says whether files are locked while open, where this libhdf5 lets one choose (1.10.7, 1.12.1).
static inline herr_t chdf5_set_file_locking(hid_t access, bool locks) {
#if H5_VERSION_GE(1, 12, 1) || (H5_VERSION_GE(1, 10, 7) && !H5_VERSION_GE(1, 12, 0))
  return H5Pset_file_locking(access, locks, true);
#else
  return 0;
#endif
}

/// Leaves out the 256 bytes that each dataset keeps free for attributes (1.10.5).
static inline herr_t chdf5_set_no_spare_header(hid_t dataset_creation) {
#if H5_VERSION_GE(1, 10, 5)
  return H5Pset_dset_no_attrs_hint(dataset_creation, true);
#else
  return 0;
#endif
}

/// Frees the strings that a read of variable-length text allocated.
static inline herr_t chdf5_free_text(hid_t type, hid_t space, void *strings) {
#if H5_VERSION_GE(1, 12, 0)
  return H5Treclaim(type, space, H5P_DEFAULT, strings);
#else
  return H5Dvlen_reclaim(type, space, H5P_DEFAULT, strings);
#endif
}

/// Is told the name of a link.
typedef void (*chdf5_name_visitor)(const char *name, void *context);

struct chdf5_name_visit {
  chdf5_name_visitor visitor;
  void *context;
};

static inline herr_t chdf5_visit_link(hid_t group, const char *name, const H5L_info_t *info,
                                      void *visit) {
  (void)group;
  (void)info;
  struct chdf5_name_visit *link = visit;
  link->visitor(name, link->context);
  return 0;
}

/// Tells the visitor the name of every link in a group.
static inline herr_t chdf5_visit_links(hid_t group, chdf5_name_visitor visitor, void *context) {
  struct chdf5_name_visit visit = {visitor, context};
  return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, chdf5_visit_link, &visit);
}

#endif
